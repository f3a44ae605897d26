// Reads JSON that CloudTrail wrote, or that somebody says it wrote: several documents in a file, members in their order and each as often as it stands there.

/** A member that stands in an object twice is in here twice. */
export class Members {
  /** @param {Entry[]} entries */
  constructor(entries) {
    /** @type {Entry[]} */
    this.entries = entries;
  }
}

/** A number, true or false, as it is written. */
export class Literal {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }
}

/** An array. */
export class Items {
  /** @param {Value[]} all */
  constructor(all) {
    this.all = all;
  }
}

/** @typedef {string | null | Literal | Members | Items} Value */
/** @typedef {[name: string, value: Value]} Entry */

/** The text is not JSON, or cut short. */
export class Damaged extends Error {}

/** A text, a number or a nesting that no event can have. */
export class Excessive extends Damaged {}

const LONGEST_TEXT = 1 << 20;
const LONGEST_NAME = 50_000;
const LONGEST_NUMBER = 1_000;
const DEEPEST = 200;

const BLANK = /[ \t\n\r]*/y;
const LITERAL = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** Documents of a text, one after the other. */
export class JsonReader {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  /** Whether nothing but blanks is left. */
  ended() {
    this.blanks();
    return this.at === this.text.length;
  }

  /**
   * The next value, whole.
   * @param {number} [depth]
   * @returns {Value}
   * @throws {Damaged} if there is none
   */
  value(depth = 0) {
    this.blanks();
    switch (this.text[this.at]) {
      case '{':
        return this.members(depth + 1);
      case '[':
        return this.items(depth + 1);
      case '"':
        return this.string(LONGEST_TEXT);
      default:
        return this.literal();
    }
  }

  /** Takes a character, if it is the next that is no blank. @param {string} character */
  takes(character) {
    this.blanks();
    const found = this.text[this.at] === character;
    this.at += found ? 1 : 0;
    return found;
  }

  /** @param {string} character */
  needs(character) {
    if (!this.takes(character)) {
      throw new Damaged('not JSON');
    }
  }

  /** @param {number} depth */
  members(depth) {
    this.enters(depth);
    /** @type {[string, Value][]} */
    const entries = [];
    if (!this.takes('}')) {
      do {
        this.blanks();
        const name = this.string(LONGEST_NAME);
        this.needs(':');
        entries.push([name, this.value(depth)]);
      } while (this.takes(','));
      this.needs('}');
    }
    return new Members(entries);
  }

  /** @param {number} depth */
  items(depth) {
    this.enters(depth);
    /** @type {Value[]} */
    const items = [];
    if (!this.takes(']')) {
      do {
        items.push(this.value(depth));
      } while (this.takes(','));
      this.needs(']');
    }
    return new Items(items);
  }

  /** Passes the bracket. @param {number} depth */
  enters(depth) {
    if (depth > DEEPEST) {
      throw new Excessive('too deep');
    }
    this.at++;
  }

  /** @param {number} longest */
  string(longest) {
    if (this.text[this.at] !== '"') {
      throw new Damaged('not JSON');
    }
    let end = this.at;
    do {
      end = this.text.indexOf('"', end + 1);
      if (end < 0) {
        throw new Damaged('cut short');
      }
    } while (this.escapes(end));
    const text = parsed(this.text.slice(this.at, end + 1));
    if (text.length > longest) {
      throw new Excessive('too long a text');
    }
    this.at = end + 1;
    return text;
  }

  /** Whether the character is escaped. @param {number} at */
  escapes(at) {
    let before = at;
    while (this.text[before - 1] === '\\') {
      before--;
    }
    return (at - before) % 2 === 1;
  }

  literal() {
    const found = this.match(LITERAL);
    if (found === null) {
      throw new Damaged('not JSON');
    }
    if (found[0].length > LONGEST_NUMBER) {
      throw new Excessive('too long a number');
    }
    return found[0] === 'null' ? null : new Literal(found[0]);
  }

  blanks() {
    BLANK.lastIndex = this.at;
    BLANK.test(this.text);
    this.at = BLANK.lastIndex;
  }

  /** @param {RegExp} form */
  match(form) {
    form.lastIndex = this.at;
    const found = form.exec(this.text);
    this.at = found === null ? this.at : form.lastIndex;
    return found;
  }
}

/**
 * A text without its quotes and escapes.
 * @param {string} text
 * @returns {string}
 */
const parsed = text => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Damaged('not JSON');
  }
};
