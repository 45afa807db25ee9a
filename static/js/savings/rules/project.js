// The common project: a small part of each saving, for something that shall earn. `own`: each member has a project
// share, fed by a part of each saving or by a fixed sum beside it; the project has a box of its own. `inside`: the
// meeting moves loan-fund money into something. `none`: no project.
import { Broken } from "./broken.js";
import { floorDiv, inCoins, largestRemainder, sum } from "./money.js";

// What of a saving goes to the project: the rate, cut to whole coins. The rest is saving; together all of it.
export const projectPart = (saving, rateBp, step) => inCoins(floorDiv(saving * BigInt(rateBp), 10000n), step);

// The part of today's saving, or the fixed sum: exactly that.
export function projectIn(table, line) {
  const [number, member] = table.member(line);
  const law = table.state.constitution;
  if (law.projectMode !== "own") throw new Broken("no-project");
  const amount = table.amount(line);
  if (law.projectFixed) {
    if (amount !== law.projectFixed) {
      throw new Broken("project-part", { member: number, amount, expected: law.projectFixed });
    }
    table.post(line, ["cash:project", amount], [`project-share:${number}`, -amount]);
    return;
  }
  const expected = table.partDue.get(number) ?? 0n;
  table.partDue.delete(number);
  if (amount !== expected) throw new Broken("project-part", { member: number, amount, expected });
  member.project_part += amount;
  table.post(
    line,
    ["cash:project", amount],
    ["cash:loan", -amount],
    [`share:${number}`, amount],
    [`project-share:${number}`, -amount],
  );
}

// `inside`: loan-fund money becomes something, by vote. `own`: a member draws of the own project share.
export function projectOut(table, line) {
  const amount = table.amount(line);
  if (table.state.constitution.projectMode === "inside") {
    table.decided(line.n, "other");
    table.post(line, ["project-asset", amount], ["cash:loan", -amount]);
    return;
  }
  const [number] = table.member(line);
  const account = `project-share:${number}`;
  const balance = -table.state.balance(account);
  if (amount > balance) throw new Broken("project-share", { member: number, amount, balance });
  table.decided(line.n, "other");
  table.post(line, [account, amount], [cashOf(table), -amount]);
}

// What the project earned.
export function projectIncome(table, line) {
  const amount = table.amount(line);
  table.post(line, [cashOf(table), amount], ["income:project", -amount]);
}

// What the project cost.
export function projectCost(table, line) {
  const amount = table.amount(line);
  table.post(line, ["expense:project", amount], [cashOf(table), -amount]);
}

// Bought at cost; with `sold` it leaves at what it stood at, and any gain is a line of income.
export function projectAsset(table, line) {
  let amount = table.amount(line);
  table.text(line, "what");
  if (table.whether(line, "sold")) {
    const balance = table.state.balance("project-asset");
    if (amount > balance) throw new Broken("project-asset", { amount, balance });
    amount = -amount;
  } else {
    table.decided(line.n, "other");
  }
  table.post(line, ["project-asset", amount], [cashOf(table), -amount]);
}

// At the end of a cycle what an own project earned or lost goes to its shares. In minor units, none left.
export function spread(state) {
  if (state.constitution.projectMode !== "own") return [];
  const income = state.balance("income:project");
  const cost = state.balance("expense:project");
  const result = -income - cost;
  const numbers = [...state.members.keys()].sort((one, other) => one - other);
  const weights = numbers.map((number) => [number, -state.balance(`project-share:${number}`)]);
  if (!result || sum(weights.map(([, weight]) => weight)) <= 0n) return [];
  const [given] = largestRemainder(result < 0n ? -result : result, weights, 1n);
  return [
    ["income:project", -income],
    ["expense:project", -cost],
    ...numbers.map((number) => [`project-share:${number}`, result > 0n ? -given.get(number) : given.get(number)]),
  ];
}

function cashOf(table) {
  const mode = table.state.constitution.projectMode;
  if (mode === "none") throw new Broken("no-project");
  return mode === "own" ? "cash:project" : "cash:loan";
}
