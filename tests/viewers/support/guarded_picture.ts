import type { Accounts } from "../../../src/security/accounts/accounts.ts";
import type { Gate } from "../../../src/security/gate.ts";
import { patientGate } from "../../support/gate.ts";
import type { SecurityType } from "../../../src/security/security_type.ts";
import { FakeDesktop } from "../../support/fake_desktop.ts";
import { Random } from "../../support/random.ts";
import { randomPicture } from "../../support/random_picture.ts";
import { Session } from "../../support/session.ts";

const [WIDTH, HEIGHT] = [320, 240];

/** A server in this process that shows a picture to those who get past a security type. */
export class GuardedPicture implements AsyncDisposable {
  /** The desktop's name. */
  readonly title = "what nobody else shall see";
  readonly desktop = new FakeDesktop(WIDTH, HEIGHT);
  readonly session: Session;
  /** Its TCP port on 127.0.0.1. */
  readonly port: number;
  #paintings = 0;

  /**
   * @param accounts Who may come in.
   * @param guard Makes the security type.
   */
  constructor(accounts: Accounts, guard: (gate: Gate) => SecurityType) {
    const securityTypes = [guard(patientGate(accounts))];
    this.session = new Session({ securityTypes, name: () => this.title }, this.desktop);
    this.port = this.session.server.listen("127.0.0.1", 0)[0]!.port;
    this.repaint();
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
