import type { Check } from "./check.ts";
import { desktopCheck } from "./desktop_check.ts";
import { firewallCheck } from "./firewall_check.ts";
import { jpegCheck } from "./jpeg_check.ts";
import { passwordCheck } from "./password_check.ts";
import { portCheck } from "./port_check.ts";
import { reachCheck } from "./reach_check.ts";
import { serviceCheck } from "./service_check.ts";

/** What `vncd doctor` looks at, in this order. */
export const CHECKS: readonly Check[] = [
  desktopCheck,
  serviceCheck,
  portCheck,
  reachCheck,
  firewallCheck,
  passwordCheck,
  jpegCheck,
];
