// A rule that a meeting breaks: its code, the number of the line (null: the meeting as a whole), and the facts its
// sentence tells. Amounts among the facts are BigInt here and strings of digits as soon as they are told.
export class Broken extends Error {
  constructor(rule, facts = {}, line = null) {
    super(rule);
    this.name = "Broken";
    this.rule = rule;
    this.line = line;
    this.facts = Object.fromEntries(
      Object.entries(facts).map(([name, fact]) => [name, typeof fact === "bigint" ? String(fact) : fact]),
    );
  }

  // The same, at this line, where no line was named.
  at(line) {
    this.line ??= line;
    return this;
  }

  toJSON() {
    return { rule: this.rule, line: this.line, facts: this.facts };
  }
}
