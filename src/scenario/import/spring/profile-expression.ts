/** For which profiles a Spring document is: `prod`, `!dev`, `a & b`, `(a | b) & !c`. */

/** Whether it holds with these profiles active; null when it is no expression. */
export function holds(expression: string, active: ReadonlySet<string>): boolean | null {
  const parser = new ExpressionParser(tokensOf(expression), active);
  return parser.whole();
}

/** The profiles that it speaks of. */
export function profilesIn(expression: string): string[] {
  return tokensOf(expression).filter((token) => !/^[()&|!]$/.test(token));
}

function tokensOf(expression: string): string[] {
  return expression.match(/[()&|!]|[^()&|!\s]+/g) ?? [];
}

class ExpressionParser {
  private readonly tokens: readonly string[];
  private readonly active: ReadonlySet<string>;
  private next = 0;

  constructor(tokens: readonly string[], active: ReadonlySet<string>) {
    this.tokens = tokens;
    this.active = active;
  }

  whole(): boolean | null {
    const value = this.chain(0);
    return this.next === this.tokens.length ? value : null;
  }

  /** Operands with one and the same operator between them; Spring wants parentheses around others. */
  private chain(depth: number): boolean | null {
    const operands = [this.operand(depth)];
    const operator = this.tokens[this.next];
    if (operator !== '&' && operator !== '|') return operands[0] ?? null;
    while (this.tokens[this.next] === operator) {
      this.next++;
      operands.push(this.operand(depth));
    }
    if (operands.includes(null)) return null;
    return operator === '&' ? operands.every(Boolean) : operands.some(Boolean);
  }

  private operand(depth: number): boolean | null {
    const token = this.tokens[this.next++];
    if (depth > 20 || token === undefined || /^[)&|]$/.test(token)) return null;
    if (token === '!') {
      const inner = this.operand(depth + 1);
      return inner === null ? null : !inner;
    }
    if (token !== '(') return this.active.has(token);
    const inner = this.chain(depth + 1);
    return this.tokens[this.next++] === ')' ? inner : null;
  }
}
