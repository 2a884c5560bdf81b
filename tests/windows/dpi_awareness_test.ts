import { runInside } from "../support/wine/inside.ts";

await runInside("tests/windows/inside/dpi_awareness.ts");
