import { messageOf } from "../../log.ts";
import { Queue } from "../queue.ts";
import { AccountsError } from "./accounts_error.ts";
import { canBePassword, nameProblem } from "./name_and_password.ts";
import { PamConversation } from "./pam_conversation.ts";
import {
  PAM,
  type Pam,
  PAM_DISALLOW_NULL_AUTHTOK,
  PAM_FAIL_DELAY,
  PAM_RHOST,
  PAM_SILENT,
  PAM_SUCCESS,
} from "./pam_symbols.ts";
import type { SystemAccounts } from "./system_accounts.ts";

export interface PamOptions {
  /** The name of the configuration in /etc/pam.d. */
  readonly service: string;
  /** The folder of the configuration instead of /etc/pam.d. */
  readonly configFolder?: string;
}

const FLAGS = PAM_SILENT | PAM_DISALLOW_NULL_AUTHTOK;

const cString = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(`${text}\0`);

function loadPam(): Pam {
  try {
    return Deno.dlopen("libpam.so.0", PAM).symbols;
  } catch (error) {
    throw new AccountsError(
      `the system's accounts need libpam.so.0 (${messageOf(error)}): install the package libpam0g`,
    );
  }
}

/**
 * The accounts of a Linux system, through PAM: an account must prove its password and be allowed to log in.
 * No session is opened. Where vncd isn't root, PAM's usual module pam_unix knows only vncd's own user.
 */
export class PamAccounts implements SystemAccounts {
  readonly #options: PamOptions;
  readonly #pam = loadPam();
  /** PAM itself can hold several conversations, but not every module is made for threads. */
  readonly #queue = new Queue(1);

  /** @throws {AccountsError} When there is no libpam. */
  constructor(options: PamOptions) {
    this.#options = options;
  }

  check(name: string, password: Uint8Array, address?: string): Promise<boolean> {
    if (nameProblem(name) || !canBePassword(password)) return Promise.resolve(false);
    return this.#queue.pass(() => this.#converse(name, password, address));
  }

  async #converse(name: string, password: Uint8Array, address?: string): Promise<boolean> {
    using conversation = new PamConversation(this.#pam, name, password);
    const handle = this.#start(name, conversation);
    if (handle === undefined) return false;
    this.#pam.pam_set_function(handle, PAM_FAIL_DELAY, conversation.noDelay.pointer);
    if (address) this.#pam.pam_set_item(handle, PAM_RHOST, cString(address));
    let status = await this.#pam.pam_authenticate(handle, FLAGS);
    if (status === PAM_SUCCESS) status = await this.#pam.pam_acct_mgmt(handle, FLAGS);
    await this.#pam.pam_end(handle, status);
    return status === PAM_SUCCESS;
  }

  #start(name: string, { struct }: PamConversation): Deno.PointerObject | undefined {
    const { service, configFolder } = this.#options;
    const handle = new BigUint64Array(1);
    const target = new Uint8Array(handle.buffer);
    const common = [cString(service), cString(name), struct] as const;
    const status = configFolder === undefined
      ? this.#pam.pam_start(...common, target)
      : this.#pam.pam_start_confdir?.(...common, cString(configFolder), target);
    if (status !== PAM_SUCCESS) return undefined;
    return Deno.UnsafePointer.create(handle[0]!) ?? undefined;
  }
}
