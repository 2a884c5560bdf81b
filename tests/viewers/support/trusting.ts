import { Program } from "./program.ts";

/** Whether programs can be given a home of their own without being told, as gtk-vnc asks nobody. */
export const CAN_TRUST: boolean = await mayMount();

async function mayMount(): Promise<boolean> {
  try {
    const { success } = await new Deno.Command("unshare", {
      args: ["-rm", "mount", "-t", "tmpfs", "none", "/tmp"],
      stdout: "null",
      stderr: "null",
    }).output();
    return success;
  } catch {
    return false;
  }
}

/**
 * Takes a screenshot with gtk-vnc's gvnccapture, which finds a certificate that it trusts in the home of
 * whoever runs it.
 * @param certificate In PEM.
 * @param answers To what it asks for, in that order: a name and a password, or a password.
 */
export function trustingGvnccapture(
  port: number,
  certificate: string,
  answers: readonly string[],
): Program {
  // The home is that of the user's entry, whatever HOME says.
  const command = `home=$(getent passwd "$(id -u)" | cut -d: -f6) &&
    mount -t tmpfs none "$home" && mkdir -p "$home/.pki/CA" &&
    printf %s "$CERTIFICATE" >"$home/.pki/CA/cacert.pem" &&
    exec gvnccapture 127.0.0.1:${port - 5900} "$home/screen.png"`;
  // It asks on a terminal and takes the answers from nowhere else; script is one.
  const program = new Program("script", {
    args: ["-qec", 'exec unshare -rm sh -c "$COMMAND"', "/dev/null"],
    env: { CERTIFICATE: certificate, COMMAND: command },
  });
  answer(program, answers);
  return program;
}

async function answer(program: Program, answers: readonly string[]): Promise<void> {
  let seen = 0;
  for (const text of answers) {
    const asked = await program.expect(/(Username|Password): $/, seen).catch(() => undefined);
    if (asked === undefined) return;
    seen = program.output.length;
    await program.write(`${text}\n`).catch(() => {});
  }
}
