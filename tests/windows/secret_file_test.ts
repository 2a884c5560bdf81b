import { runInside } from "../support/wine/inside.ts";

await runInside("tests/windows/inside/secret_file.ts");
