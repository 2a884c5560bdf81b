import { assertEquals } from "@std/assert";
import { compare, figureText, medians, timesText } from "./figures.ts";

Deno.test("each figure has its median of the rounds that have it", () => {
  assertEquals(medians([{ rate: 30, cpu: 1 }, { rate: 10 }, { rate: 20, cpu: 3 }]), {
    rate: 20,
    cpu: 2,
  });
  assertEquals(medians([]), {});
});

Deno.test("a figure is compared with the best peer's", () => {
  assertEquals(compare("cpu", { cpu: 6 }, [{ cpu: 3 }, { cpu: 4 }, {}]), {
    own: 6,
    best: 3,
    worse: 2,
    peerWins: true,
  });
  assertEquals(compare("rate", { rate: 60 }, [{ rate: 30 }, { rate: 15 }])?.worse, 0.5);
  assertEquals(compare("rate", { rate: 15 }, [{ rate: 30 }, { rate: 15 }])?.worse, 2);
});

Deno.test("two runs of the same server differ, which is no win", () => {
  const wins = (own: number, best: number) =>
    compare("latency", { latency: own }, [{ latency: best }])?.peerWins;
  assertEquals([wins(102, 100), wins(103, 100), wins(90, 100)], [false, true, false]);
});

Deno.test("nothing is as good as nothing, and better than something", () => {
  assertEquals(compare("torn", { torn: 0 }, [{ torn: 0 }])?.worse, 1);
  assertEquals(compare("torn", { torn: 1 }, [{ torn: 0 }])?.worse, Infinity);
  assertEquals(compare("rate", { rate: 0 }, [{ rate: 1 }])?.peerWins, true);
});

Deno.test("what only one side has isn't compared", () => {
  assertEquals(compare("cpu", {}, [{ cpu: 1 }]), undefined);
  assertEquals(compare("cpu", { cpu: 1 }, [{}]), undefined);
});

Deno.test("figures as text", () => {
  assertEquals(figureText("cpu", 1.234), "1.23");
  assertEquals(figureText("cpu", undefined), "–");
  assertEquals([0.525, 9.99, 12.3, Infinity].map(timesText), ["0.53", "9.99", "12", "∞"]);
});
