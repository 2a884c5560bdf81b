import type { Accounts } from "../../../src/security/accounts/accounts.ts";
import { Gate } from "../../../src/security/gate.ts";
import { ALL_RIGHTS, type Rights } from "../../../src/security/rights.ts";
import type { SecurityType } from "../../../src/security/security_type.ts";
import { FakeDesktop } from "../../support/fake_desktop.ts";
import { Random } from "../../support/random.ts";
import { randomPicture } from "../../support/random_picture.ts";
import { Session } from "../../support/session.ts";

const [WIDTH, HEIGHT] = [320, 240];

/** Who may come in; without a name, whoever knows the password. */
export interface Account {
  readonly name?: string;
  readonly password: string;
}

/** Lets one in, and writes down who tries: `name:password`. */
class OneAccount implements Accounts {
  readonly tried: string[] = [];
  readonly #account: Account;

  constructor(account: Account) {
    this.#account = account;
  }

  get hasNames(): boolean {
    return this.#account.name !== undefined;
  }

  get hasPasswords(): boolean {
    return !this.hasNames;
  }

  check(givenName: string, givenPassword: Uint8Array): Promise<Rights | undefined> {
    const { name = "", password } = this.#account;
    const given = `${givenName}:${new TextDecoder().decode(givenPassword)}`;
    this.tried.push(given);
    return Promise.resolve(given === `${name}:${password}` ? ALL_RIGHTS : undefined);
  }

  checkProof(proves: (password: Uint8Array) => boolean): Rights | undefined {
    return proves(new TextEncoder().encode(this.#account.password)) ? ALL_RIGHTS : undefined;
  }
}

/** A server in this process that shows a picture to those who get past a security type. */
export class GuardedPicture implements AsyncDisposable {
  /** The desktop's name. */
  readonly title = "what nobody else shall see";
  readonly desktop = new FakeDesktop(WIDTH, HEIGHT);
  readonly session: Session;
  /** Its TCP port on 127.0.0.1. */
  readonly port: number;
  readonly #accounts: OneAccount;
  #paintings = 0;

  /** @param guard Makes the security type. */
  constructor(account: Account, guard: (gate: Gate) => SecurityType) {
    this.#accounts = new OneAccount(account);
    const securityTypes = [guard(new Gate(this.#accounts))];
    this.session = new Session({ securityTypes, name: () => this.title }, this.desktop);
    this.port = this.session.server.listen("127.0.0.1", 0)[0]!.port;
    this.repaint();
  }

  /** Who has told a password: `name:password`, with an empty name where there was none. */
  get tried(): readonly string[] {
    return this.#accounts.tried;
  }

  /** Shows another picture. */
  repaint(): void {
    const picture = randomPicture(new Random(++this.#paintings), WIDTH, HEIGHT);
    this.desktop.paint(picture.bounds, (x, y) => picture.pixels[y * WIDTH + x]!);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.session[Symbol.asyncDispose]();
  }
}
