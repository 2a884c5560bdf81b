import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Answer, Question } from "../../src/desktop/question.ts";
import { SharedPasswords } from "../../src/security/accounts/shared_passwords.ts";
import { patientGate } from "../support/gate.ts";
import { AuthError } from "../../src/rfb/errors.ts";
import { ALL_RIGHTS } from "../../src/security/rights.ts";
import { none } from "../../src/security/none.ts";
import { VncAuth } from "../../src/security/vnc_auth.ts";
import { askAtDesktop } from "../../src/server/consent/at_desktop.ts";
import type { Consent, Visitor } from "../../src/server/consent/consent.ts";
import type { ServerOptions } from "../../src/server/server.ts";
import { FakeDesktop } from "../support/fake_desktop.ts";
import { Session, turn } from "../support/session.ts";
import type { Login, TestViewer } from "../support/test_viewer.ts";
import { until } from "../support/until.ts";
import { vncAuth } from "../support/vnc_auth.ts";

/** Somebody who is asked, and answers when the test wants it. */
class Person<About = Visitor> {
  readonly asked: { about: About; signal: AbortSignal; answer(answer: Answer): void }[] = [];

  readonly ask = (about: About, signal: AbortSignal): Promise<Answer> =>
    new Promise((answer) => this.asked.push({ about, signal, answer }));

  /** The question number `n`, when it has been asked. */
  question(n: number) {
    return until(`question ${n}`, () => this.asked[n]);
  }
}

const start = (person: Person, options: Partial<ServerOptions> = {}) =>
  new Session({ consent: person.ask, ...options });

/** With somebody at the desktop, who is asked one question at a time. */
const startAtDesktop = (person: Person<Question>, options: Partial<ServerOptions> = {}) =>
  new Session({ consent: askAtDesktop(person), ...options });

/** What becomes of viewers, each from an address of its own. */
const outcomes = (session: Session, count: number): Promise<string>[] =>
  Array.from({ length: count }, (_, i) => outcome(session.connect(undefined, `192.0.2.${10 + i}`)));

/** What becomes of a viewer. */
const outcome = (viewer: TestViewer, login?: Login): Promise<string> =>
  viewer.login(login).then(() => "in", (error: Error) => error.message);

const securityTypes = [
  new VncAuth(patientGate(new SharedPasswords({ full: new TextEncoder().encode("secret") }))),
];

Deno.test("a viewer waits for consent, and another one goes on meanwhile", async () => {
  const person = new Person();
  await using session = start(person);
  const first = session.viewer();
  (await person.question(0)).answer("accept");
  const inside = await first;
  const waiting = outcome(session.connect());
  await person.question(1);
  session.desktop.paint({ x: 0, y: 0, width: 5, height: 5 }, 0x123456);
  await inside.follow(() => inside.picture.pixels[0] === 0x123456);
  person.asked[1]!.answer("accept");
  assertEquals(await waiting, "in");
});

Deno.test("who asks is told: address and rights", async () => {
  const person = new Person();
  await using session = start(person, { viewOnly: true });
  const waiting = outcome(session.connect(undefined, "192.0.2.7"));
  const { about: visitor, answer } = await person.question(0);
  assertEquals([visitor.peer, visitor.address], ["192.0.2.7:40000", "192.0.2.7"]);
  assertEquals([visitor.user, visitor.rights.control], [undefined, false]);
  answer("accept");
  assertEquals(await waiting, "in");
});

Deno.test("a viewer that is let in to watch only watches", async () => {
  const person = new Person();
  await using session = start(person);
  const entering = session.viewer();
  (await person.question(0)).answer("view");
  const viewer = await entering;
  await viewer.key(0x61, true);
  await viewer.request(false);
  await viewer.update();
  assertEquals(session.desktop.input, []);
  assert(session.logged("view only"));
});

for (const version of ["003.003", "003.007", "003.008"]) {
  Deno.test(`version ${version}: who isn't let in is told, where there is a way`, async () => {
    const person = new Person();
    await using session = start(person, { securityTypes });
    const viewer = session.connect();
    const login = { version, securityType: 2, authenticate: vncAuth("secret") };
    const waiting = outcome(viewer, login);
    (await person.question(0)).answer("refuse");
    assertEquals(await waiting, version === "003.008" ? "not let in" : "refused");
    assert(await viewer.closed());
  });

  Deno.test(`version ${version}: without a password, too`, async () => {
    const person = new Person();
    await using session = start(person, { securityTypes: [none] });
    const viewer = session.connect();
    const waiting = outcome(viewer, { version });
    (await person.question(0)).answer("refuse");
    // There is no result to read before 3.8: it is just over.
    const over = version === "003.008" ? /not let in/ : /the server has closed/;
    assert(over.test(await waiting));
    assert(await viewer.closed());
    await session.untilLogged("refused: not let in");
  });
}

Deno.test("a wrong password doesn't get as far as a question", async () => {
  const person = new Person();
  await using session = start(person, { securityTypes });
  const login = { securityType: 2, authenticate: vncAuth("wrong") };
  assertEquals(await outcome(session.connect(), login), "wrong password");
  assertEquals(person.asked.length, 0);
});

Deno.test("a viewer that leaves withdraws its question, and the next one is asked about", async () => {
  const person = new Person<Question>();
  await using session = startAtDesktop(person);
  const first = session.connect();
  void outcome(first);
  const { signal } = await person.question(0);
  const [second] = outcomes(session, 1);
  first.close();
  await until("it is withdrawn", () => signal.aborted || undefined);
  (await person.question(1)).answer("accept");
  assertEquals(await second, "in");
  await session.untilLogged("left before it was let in");
});

Deno.test("what a viewer sends while it waits isn't lost, and its leaving is seen all the same", async () => {
  const person = new Person();
  await using session = start(person);
  // In version 3.3 there is no result to wait for: ClientInit comes at once.
  const eager = session.connect();
  const entering = outcome(eager, { version: "003.003" });
  const first = await person.question(0);
  for (let i = 0; i < 5; i++) await turn();
  first.answer("accept");
  assertEquals(await entering, "in");
  const leaving = session.connect();
  void outcome(leaving, { version: "003.003" });
  const { signal } = await person.question(1);
  for (let i = 0; i < 5; i++) await turn();
  leaving.close();
  await until("it is withdrawn", () => signal.aborted || undefined);
});

Deno.test("one question at a time, a few that wait, and no more", async () => {
  const person = new Person<Question>();
  await using session = startAtDesktop(person);
  const waiting = outcomes(session, 5);
  await person.question(0);
  assertEquals(await outcome(session.connect()), "too many others are waiting to be let in");
  assertEquals(person.asked.length, 1);
  for (let i = 0; i < 5; i++) (await person.question(i)).answer(i === 3 ? "refuse" : "accept");
  assertEquals(await Promise.all(waiting), ["in", "in", "in", "not let in", "in"]);
});

Deno.test("who waits behind others and leaves makes room", async () => {
  const person = new Person<Question>();
  await using session = startAtDesktop(person);
  const viewers = Array.from(
    { length: 5 },
    (_, i) => session.connect(undefined, `192.0.2.${10 + i}`),
  );
  for (const viewer of viewers) void outcome(viewer);
  await person.question(0);
  for (const viewer of viewers.slice(1)) viewer.close();
  await until(
    "they are gone",
    () => session.log.filter((line) => line.includes("left before")).length === 4 || undefined,
  );
  const last = outcome(session.connect());
  person.asked[0]!.answer("refuse");
  (await person.question(1)).answer("accept");
  assertEquals(await last, "in");
});

Deno.test("without an answer it is refused, and the question withdrawn", async () => {
  const person = new Person<Question>();
  await using session = startAtDesktop(person, { consentTime: 20 });
  assertEquals(await outcome(session.connect()), "nobody has answered");
  assert(person.asked[0]!.signal.aborted);
});

Deno.test("a command decides about several viewers side by side, but not about any number", async () => {
  const person = new Person();
  await using session = start(person, { maxViewers: 20 });
  const waiting = outcomes(session, 17);
  await person.question(15);
  assertEquals(await waiting[16], "too many others are waiting to be let in");
  assertEquals(person.asked.length, 16);
  for (const { answer } of person.asked.toReversed()) answer("accept");
  assertEquals(await Promise.all(waiting.slice(0, 16)), new Array(16).fill("in"));
});

Deno.test("nobody fills the queue from one network, nor from this machine", async () => {
  const person = new Person<Question>();
  await using session = startAtDesktop(person);
  const from = (...addresses: string[]) =>
    addresses.map((address) => outcome(session.connect(undefined, address)));
  const [first, second, third, ...more] = [
    ...from("2001:db8::1", "2001:db8:0:ff::2"),
    ...from("127.0.0.1", "::1", "127.0.0.2", "127.0.0.1"),
    ...from("192.0.2.7"),
  ];
  const full = "somebody from the same address is waiting to be let in";
  assertEquals([await second, await more[2]], [full, full]);
  for (let i = 0; i < 5; i++) (await person.question(i)).answer("accept");
  assertEquals(await Promise.all([first, third, more[0], more[1], more[3]]), Array(5).fill("in"));
  // Who is in or has left takes no place.
  const again = from("2001:db8::3");
  (await person.question(5)).answer("accept");
  assertEquals(await again[0], "in");
});

Deno.test("who was refused isn't asked about again for half a minute, and everybody else is", async () => {
  const clock = { now: 0 };
  const person = new Person<Question>();
  await using session = new Session({ consent: askAtDesktop(person, () => clock.now) });
  const enter = (from: string) => outcome(session.connect(undefined, from));
  const first = enter("2001:db8::1");
  (await person.question(0)).answer("refuse");
  assertEquals(await first, "not let in");
  clock.now += 100;
  assertEquals(await enter("2001:db8::2"), "not let in just now: try again in 30 s");
  const other = enter("192.0.2.7");
  (await person.question(1)).answer("view");
  assertEquals([await other, person.asked.length], ["in", 2]);
  clock.now += 29_900;
  const again = enter("2001:db8::1");
  (await person.question(2)).answer("accept");
  assertEquals(await again, "in");
});

Deno.test("a refusal behind a tunnel is for the account that was refused", async () => {
  const answers: Answer[] = ["refuse", "accept"];
  const consent = askAtDesktop({ ask: () => Promise.resolve(answers.shift()) }, () => 0);
  const visitor = {
    peer: "",
    address: "::1",
    place: "this machine",
    rights: ALL_RIGHTS,
    time: 1e4,
  };
  const ask = (user: string) => consent({ ...visitor, user }, new AbortController().signal);
  assertEquals(await ask("eve"), "refuse");
  await assertRejects(() => ask("eve"), AuthError, "try again in 30 s");
  assertEquals(await ask("ann"), "accept");
});

Deno.test("closing the server withdraws the question", async () => {
  const person = new Person();
  const session = start(person);
  void outcome(session.connect());
  const { signal } = await person.question(0);
  await session[Symbol.asyncDispose]();
  assert(signal.aborted);
});

Deno.test("where asking fails nobody comes in, and the next one is asked about", async () => {
  let count = 0;
  const consent: Consent = () =>
    count++ === 0 ? Promise.reject(new Error("no X server")) : Promise.resolve("accept");
  await using session = new Session({ consent });
  assertEquals(await outcome(session.connect()), "nobody could be asked");
  assert(session.logged("no X server"));
  assertEquals(await outcome(session.connect()), "in");
});

/** A desktop with somebody at it. */
class MannedDesktop extends FakeDesktop {
  readonly questions: Question[] = [];

  ask(question: Question): Promise<Answer> {
    this.questions.push(question);
    return Promise.resolve("accept");
  }
}

Deno.test("the person at the desktop is asked", async () => {
  const desktop = new MannedDesktop();
  const consent = askAtDesktop({ ask: (...args) => session.host.ask(...args) });
  await using session: Session<MannedDesktop> = new Session({ consent }, desktop);
  assert(session.host.canAsk);
  assertEquals(await outcome(session.connect()), "in");
  assertEquals(desktop.questions, [{
    peer: "192.0.2.2:40000",
    user: undefined,
    control: true,
    seconds: 60,
  }]);
});

Deno.test("where there is nobody at the desktop, nobody comes in", async () => {
  const consent = askAtDesktop({ ask: (...args) => session.host.ask(...args) });
  await using session: Session = new Session({ consent });
  assert(!session.host.canAsk);
  await assertRejects(() => session.viewer(), Error, "there is nobody at the desktop to ask");
});
