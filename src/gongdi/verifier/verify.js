// A second verifier, written apart from verify.py, with the same verdicts. It runs in a browser without a network
// (inside verify.html) and under Node. 浏览器验票：不联网，逐行重算。
"use strict";
const GongdiVerifier = (() => {
  const FORMATS = ["gongdi-vote-1", "gongdi-vote-2"], MOST = 20, ALPHABET = "346789ACEFGHJKMNPRTVWXY";
  const BALLOT = /^\{"answers":\{[^{}\\]*\},"area":\d+,"at":"[0-9TZ:-]{20}","ballot":"[^"\\]+","by_proxy":(?:true|false),"channel":"(?:phone|paper|visit)","heads":\d+,"kind":"ballot","nonce":"[0-9a-f]*"(?:,"received_at":"[0-9TZ:-]{20}")?,"seq":\d+,"unit":"[^"\\]+"\}$/;
  const UNIT = /^\{"area":\d+,"heads":\d+,"kind":"unit",(?:"rooms":"[^"\\]*",)?"unit":"[^"\\]+"\}$/;
  const HALF = [1, 2, "more_than"], TWO_THIRDS = [2, 3, "at_least"], THREE_QUARTERS = [3, 4, "at_least"];
  const KNOWN = {
    "civil-code-2021-ordinary": [TWO_THIRDS, "participants", HALF, HALF],
    "civil-code-2021-special": [TWO_THIRDS, "participants", THREE_QUARTERS, THREE_QUARTERS],
    "lift-stairwell-2021": [TWO_THIRDS, "participants", THREE_QUARTERS, THREE_QUARTERS],
    "property-law-2007-ordinary": [null, "all", HALF, HALF],
    "property-law-2007-special": [null, "all", TWO_THIRDS, TWO_THIRDS],
    "lift-stairwell-before-2021": [null, "all", TWO_THIRDS, TWO_THIRDS],
    "jiangbei-2020-wish": [null, "all", TWO_THIRDS, TWO_THIRDS],
    "jiangbei-2020-scheme": [null, "all", TWO_THIRDS, TWO_THIRDS],
    "zhumadian-2021-facility": [null, "all", null, [4, 5, "at_least"]],
  };
  const utf8 = new TextEncoder();
  const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
  const unhex = (text) => {
    if (!/^([0-9a-f]{2})*$/.test(text)) throw new Error("not hexadecimal");
    return Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
  };
  const joined = (...parts) => {
    const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) { out.set(part, at); at += part.length; }
    return out;
  };

  // Digests: SHA-256 and SHA-512 of the browser, SM3 by GB/T 32905.
  const sha256 = async (data) => new Uint8Array(await crypto.subtle.digest("SHA-256", data));
  const sha512 = async (data) => new Uint8Array(await crypto.subtle.digest("SHA-512", data));
  const left = (word, by) => (by % 32 === 0 ? word >>> 0 : ((word << (by % 32)) | (word >>> (32 - (by % 32)))) >>> 0);
  function sm3(data) {
    const rest = (((55 - data.length) % 64) + 64) % 64, length = new Uint8Array(8);
    new DataView(length.buffer).setBigUint64(0, BigInt(data.length) * 8n);
    const padded = joined(data, Uint8Array.of(0x80), new Uint8Array(rest), length), view = new DataView(padded.buffer);
    let state = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e];
    for (let start = 0; start < padded.length; start += 64) state = sm3Block(state, view, start);
    const out = new DataView(new ArrayBuffer(32));
    state.forEach((word, n) => out.setUint32(4 * n, word));
    return new Uint8Array(out.buffer);
  }
  function sm3Block(state, view, start) {
    const w = [];
    for (let n = 0; n < 16; n++) w.push(view.getUint32(start + 4 * n));
    for (let n = 16; n < 68; n++) {
      const x = w[n - 16] ^ w[n - 9] ^ left(w[n - 3], 15);
      w.push((x ^ left(x, 15) ^ left(x, 23) ^ left(w[n - 13], 7) ^ w[n - 6]) >>> 0);
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let n = 0; n < 64; n++) {
      const s1 = left((left(a, 12) + e + left(n < 16 ? 0x79cc4519 : 0x7a879d8a, n)) >>> 0, 7), s2 = s1 ^ left(a, 12);
      const ff = n < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c), gg = n < 16 ? e ^ f ^ g : (e & f) | (~e & g);
      const t1 = (ff + d + s2 + (w[n] ^ w[n + 4])) >>> 0, t2 = (gg + h + s1 + w[n]) >>> 0;
      [a, b, c, d] = [t1, a, left(b, 9), c];
      [e, f, g, h] = [(t2 ^ left(t2, 9) ^ left(t2, 17)) >>> 0, e, left(f, 19), g];
    }
    return [a, b, c, d, e, f, g, h].map((word, n) => (word ^ state[n]) >>> 0);
  }

  // Ed25519 (RFC 8032, 5.1.7) in whole numbers, so that it runs in every browser.
  const P = 2n ** 255n - 19n, ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
  const mod = (n) => ((n % P) + P) % P;
  const power = (base, exponent) => {
    let result = 1n;
    for (base = mod(base); exponent; exponent >>= 1n, base = mod(base * base)) if (exponent & 1n) result = mod(result * base);
    return result;
  };
  const D = mod(-121665n * power(121666n, P - 2n));
  const number = (bytes) => BigInt("0x" + (hex(Uint8Array.from(bytes).reverse()) || "0"));
  function add(p, q) {
    const a = mod((p[1] - p[0]) * (q[1] - q[0])), b = mod((p[1] + p[0]) * (q[1] + q[0]));
    const c = mod(2n * p[3] * q[3] * D), d = mod(2n * p[2] * q[2]), e = b - a, f = d - c, g = d + c, h = b + a;
    return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
  }
  function times(count, point) {
    let result = [0n, 1n, 1n, 0n];
    for (; count; count >>= 1n, point = add(point, point)) if (count & 1n) result = add(result, point);
    return result;
  }
  function pointOf(bytes) {
    const all = number(bytes), y = all & (2n ** 255n - 1n), sign = all >> 255n;
    if (y >= P) return null;
    const square = mod((y * y - 1n) * power(D * y * y + 1n, P - 2n));
    let x = power(square, (P + 3n) / 8n);
    if (mod(x * x - square)) x = mod(x * power(2n, (P - 1n) / 4n));
    if (mod(x * x - square) || (x === 0n && sign)) return null;
    if ((x & 1n) !== sign) x = P - x;
    return [x, y, 1n, mod(x * y)];
  }
  const baseBytes = unhex("5866666666666666666666666666666666666666666666666666666666666666"), BASE = pointOf(baseBytes);
  async function signatureHolds(key, signature, message) {
    if (key.length !== 32 || signature.length !== 64) return false;
    const a = pointOf(key), r = pointOf(signature.slice(0, 32)), s = number(signature.slice(32));
    if (!a || !r || s >= ORDER) return false;
    const h = number(await sha512(joined(signature.slice(0, 32), key, message))) % ORDER;
    const one = times(s, BASE), two = add(r, times(h, a));
    return mod(one[0] * two[2] - two[0] * one[2]) === 0n && mod(one[1] * two[2] - two[1] * one[2]) === 0n;
  }

  // Canonical JSON, tree, receipt codes.
  function canonical(value) {
    if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
    if (value === null || typeof value !== "object") return JSON.stringify(value);
    return "{" + Object.keys(value).sort().map((key) => JSON.stringify(key) + ":" + canonical(value[key])).join(",") + "}";
  }
  const same = (one, other) => canonical(one) === canonical(other);
  async function levelsOf(digest, leaves) {
    const levels = [leaves];
    while (levels[levels.length - 1].length > 1) {
      const below = levels[levels.length - 1], level = [];
      for (let n = 0; n + 1 < below.length; n += 2) level.push(await digest(joined(Uint8Array.of(1), below[n], below[n + 1])));
      levels.push(level);
    }
    return levels;
  }
  async function rootAt(digest, levels, size) {
    const peaks = [];
    let start = 0;
    for (let level = levels.length - 1; level >= 0; level--) {
      if (Math.floor(size / 2 ** level) % 2) { peaks.push(levels[level][start / 2 ** level]); start += 2 ** level; }
    }
    let node = peaks.length ? peaks.pop() : await digest(new Uint8Array(0));
    while (peaks.length) node = await digest(joined(Uint8Array.of(1), peaks.pop(), node));
    return hex(node);
  }
  function codeOf(leaf) {
    let rest = BigInt("0x" + hex(leaf.slice(0, 16))) % 23n ** 19n, letters = "", sum = 0;
    for (let n = 0; n < 19; n++, rest /= 23n) letters = ALPHABET[Number(rest % 23n)] + letters;
    for (let n = 0; n < 19; n++) sum += (n + 1) * ALPHABET.indexOf(letters[n]);
    return letters + ALPHABET[sum % 23];
  }
  const headText = (vote, algorithm, head) => utf8.encode(canonical(
    { algorithm, at: head.at, context: "gongdi tree head v1", root: head.root, size: head.size, vote }));
  function reached(bar, have, of) {
    return [[0, bar.heads], [1, bar.area]].every(([side, bound]) => {
      if (bound === null) return true;
      const left = BigInt(have[side]) * BigInt(bound[1]), right = BigInt(of[side]) * BigInt(bound[0]);
      return bound[2] === "more_than" ? left > right : left >= right;
    });
  }

  class Vote {
    constructor(lines) {
      Object.assign(this, { faults: [], noted: {}, units: new Map(), roll: [], log: [], ballots: [], heads: [], results: [] });
      Object.assign(this, { records: {}, places: {} });
      this.file = JSON.parse(lines[0]);
      if (this.file.kind !== "file" || !FORMATS.includes(this.file.format)) throw new Error("no file record");
      this.old = this.file.format === FORMATS[0];
      this.digest = { sha256, sm3: async (data) => sm3(data) }[this.file.algorithm];
      if (!this.digest) throw new Error("unknown digest");
      lines.slice(1).forEach((line, n) => { if (line) this.read(line, n + 2); });
      this.opening = this.records.opening;
      this.close = this.records.close;
      if (!this.opening) throw new Error("no opening record");
      const until = this.opening.until;
      this.end = this.close && !this.old && this.close.at < until ? this.close.at : until;
      this.waiting = new Set((this.close && this.close.waiting) || []);
    }
    fault(code, where = "") {
      const known = (this.noted[code] ||= new Set());
      if (known.size >= MOST || known.has(String(where))) return;
      known.add(String(where));
      this.faults.push([code, String(where)]);
    }
    read(line, number) {
      const record = JSON.parse(line), kind = record.kind;
      if (BALLOT.test(line)) {
        if (Boolean(record.received_at) === this.old) this.fault("altered", `line ${number}`);
        this.ballots.push({ ...record, place: this.log.length, came: this.old ? record.at : record.received_at || "" });
        this.log.push(line);
        return;
      }
      if (UNIT.test(line)) {
        this.units.set(record.unit, record);
        this.roll.push(line);
        return;
      }
      const hashed = ["opening", "close", "count", "left_off"].includes(kind);
      if (kind === "unit" || kind === "ballot" || (hashed && canonical(record) !== line)) this.fault("altered", `line ${number}`);
      if (kind === "unit" || kind === "left_off") this.roll.push(line);
      else if (["opening", "close", "ballot"].includes(kind) || (kind === "count" && !this.old)) {
        if (kind === "opening" && this.log.length) this.fault("reordered", 0);
        if (this.records[kind]) this.fault("doubled", `line ${number}`);
        this.places[kind] = this.log.length;
        this.records[kind] = record;
        this.log.push(line);
      } else if (kind === "head") this.heads.push(record);
      else if (kind === "result") this.results.push(record);
      else throw new Error(`line ${number}`);
    }
    async check(key) {
      this.checkRules();
      await this.checkRoll();
      this.checkEntries();
      this.checkPlaces();
      await this.checkHeads(key);
      this.count();
    }
    checkRules() {
      for (const { rule, number } of this.opening.matters) {
        const part = rule.taking_part, known = Object.hasOwn(KNOWN, rule.slug) ? KNOWN[rule.slug] : null;
        if (!known) this.fault("unknown_rule", `matter ${number}`);
        const came = part && same(part.area, part.heads) && part.base === "all" ? part.area : part;
        if (known && !same(known, [came, rule.approval.base, rule.approval.area, rule.approval.heads])) {
          this.fault("swapped_threshold", `matter ${number}`);
        }
        const stated = this.results.filter((result) => result.matter === number).pop();
        if (stated && !(stated.rule && same(stated.rule, rule))) this.fault("swapped_threshold", `matter ${number}`);
      }
    }
    async checkRoll() {
      const frozen = this.opening.roll, units = [...this.units.values()];
      this.everyone = [units.reduce((sum, u) => sum + u.heads, 0), units.reduce((sum, u) => sum + u.area, 0)];
      const text = "gongdi roll v1\n" + this.roll.map((line) => line + "\n").join("");
      if (hex(await this.digest(utf8.encode(text))) === frozen.digest) return;
      const more = this.roll.length - frozen.lines;
      if (more < 0) this.fault("shrunk_roll", -more);
      else if (more > 0) this.fault("grown_roll", more);
      else if (!same(this.everyone, [frozen.heads, frozen.area])) this.fault("reweighted", "roll");
      else this.fault("altered_roll");
    }
    checkEntries() {
      const seen = new Set(), voted = new Set(), changes = this.opening.ballots.changes;
      const shrunk = "shrunk_roll" in this.noted;
      const closed = this.close ? this.places.close : Infinity;
      let lastSeq = 0, lastAt = "";
      for (const { seq, unit, heads, area, channel, at, ballot, came, place } of this.ballots) {
        if (seen.has(ballot) || (!changes && voted.has(unit + " " + channel))) this.fault("doubled", seq);
        else if (seq === lastSeq) this.fault("added", seq);
        else if (seq < lastSeq || at < lastAt) this.fault("reordered", seq);
        seen.add(ballot);
        voted.add(unit + " " + channel);
        const weight = this.units.get(unit);
        if (!weight) this.fault(shrunk ? "shrunk_roll" : "added", unit);
        else if (weight.heads !== heads || weight.area !== area) this.fault("reweighted", unit);
        if (came < this.opening.from || came > this.end) this.fault("outside_window", seq);
        else if (came > at || (came !== at && channel !== "paper")) this.fault("backdated", seq);
        if (!this.old && place > closed && !(channel === "paper" && this.waiting.has(unit))) this.fault("added", seq);
        [lastSeq, lastAt] = [seq, at];
      }
    }
    checkPlaces() {
      const numbers = new Set(this.ballots.map((ballot) => ballot.seq)), last = this.ballots[this.ballots.length - 1];
      if (this.close && !this.old) numbers.add(this.close.seq);
      const highest = [...numbers].reduce((most, number) => Math.max(most, number), 0);
      if (numbers.size < highest) {
        let missing = 1;
        while (numbers.has(missing)) missing++;
        this.fault("dropped", missing);
      }
      // A file that ends before all is counted was cut off, though the head it ends under is signed.
      if (!this.close || (this.waiting.size && !this.records.count)) this.fault("dropped", this.close ? "count" : "close");
      if (!this.close) return;
      const { close, count } = this.records, end = this.log.length, closed = this.places.close;
      const bar = this.old ? closed : count ? this.places.count : end;
      if (last && last.place >= bar) this.fault("added", last.seq);
      const late = this.old ? [] : this.ballots.filter((ballot) => ballot.place > closed);
      this.checkNumber(close.ballots, this.ballots.length - late.length);
      if (!count) return;
      this.checkNumber(count.ballots, this.ballots.length);
      const typed = new Set(late.map((ballot) => ballot.unit));
      const left = [...this.waiting].filter((unit) => !typed.has(unit)).sort(), told = [...new Set(count.set_aside)].sort();
      if (this.places.count !== end - 1 || !same(left, told)) this.fault("dropped", "papers");
    }
    checkNumber(said, here) {
      if (here < said) this.fault("dropped", `${said - here} of ${said}`);
      else if (here > said && !("doubled" in this.noted)) this.fault("added", `${here - said} beyond ${said}`);
    }
    async checkHeads(key) {
      const own = unhex(this.file.key), here = this.log.length;
      if (key && key.toLowerCase() !== this.file.key) this.fault("other_key");
      this.leaves = [];
      for (const line of this.log) this.leaves.push(await this.digest(joined(Uint8Array.of(0), utf8.encode(line))));
      this.levels = await levelsOf(this.digest, this.leaves);
      const newest = this.heads.reduce((most, head) => Math.max(most, head.size), 0);
      let explained = ["dropped", "added", "doubled", "reordered"].some((code) => code in this.noted), good = 0;
      if (newest !== here && !explained) {
        this.fault(here < newest ? "dropped" : newest ? "added" : "no_head", Math.abs(here - newest));
        explained = true;
      }
      for (const head of [...this.heads].sort((one, other) => one.size - other.size)) {
        const text = headText(this.file.vote, this.file.algorithm, head);
        if (!(await signatureHolds(own, unhex(head.signature), text))) this.fault("bad_signature", head.size);
        if (head.size <= here && (await rootAt(this.digest, this.levels, head.size)) === head.root) good = head.size;
        else if (!explained) {
          this.fault("altered", `${good}..${head.size - 1}`);
          explained = true;
        }
      }
    }
    count() {
      const counting = new Map(), precedence = this.opening.ballots.precedence;
      const inOrder = [...this.ballots].sort((one, other) => (one.came < other.came ? -1 : one.came > other.came ? 1 : one.place - other.place));
      for (const ballot of inOrder) {
        const standing = counting.get(ballot.unit);
        const keeps = precedence === "first" || (precedence === "signed" && ballot.channel === "phone" && standing && standing.channel !== "phone");
        if (!(standing && keeps)) counting.set(ballot.unit, ballot);
      }
      this.checkEarly(counting);
      this.counting = new Set([...counting.values()].map((ballot) => ballot.seq));
      this.matters = this.opening.matters.map((matter) => this.countMatter(matter, counting));
      for (const result of this.results) {
        const own = this.matters.find((found) => found.matter === result.matter);
        const agrees = own && ["yes", "no", "abstain", "void", "passed"].every((name) => same(own[name], result[name]));
        if (!agrees || !same(result.everyone, this.everyone)) this.fault("false_result", `matter ${result.matter}`);
      }
    }
    // A close before its time: allowed by every rule, ballots final, and no free unit could turn a verdict.
    checkEarly(counting) {
      if (this.old || !this.close || this.close.at >= this.opening.until) return;
      const { precedence, changes } = this.opening.ballots, allowed = precedence === "first" && !changes;
      const settled = new Map([...counting].filter(([unit, ballot]) => ballot.place < this.places.close && !this.waiting.has(unit)));
      for (const matter of this.opening.matters) {
        const found = this.countMatter(matter, settled);
        if (!(allowed && matter.rule.early_end && this.decided(matter.rule, found))) this.fault("early_close", `matter ${matter.number}`);
      }
    }
    decided(rule, found) {
      const sides = (make) => [0, 1].map(make), part = rule.taking_part;
      const came = sides((side) => found.yes[side] + found.no[side] + found.abstain[side]);
      const most = sides((side) => this.everyone[side] - found.void[side]);
      const best = sides((side) => found.yes[side] + most[side] - came[side]);
      const base = rule.approval.base === "all" ? this.everyone : most;
      const can = (!part || reached(part, most, this.everyone)) && reached(rule.approval, best, base);
      return !can || ((!part || reached(part, came, this.everyone)) && reached(rule.approval, found.yes, base));
    }
    countMatter(matter, counting) {
      const parts = { yes: [0, 0], no: [0, 0], abstain: [0, 0], void: [0, 0] };
      for (const [unit, ballot] of counting) {
        const weight = this.units.get(unit), said = ballot.answers[String(matter.number)];
        const pair = Object.hasOwn(parts, said) ? parts[said] : parts.void;
        if (weight) { pair[0] += weight.heads; pair[1] += weight.area; }
      }
      const came = [0, 1].map((side) => parts.yes[side] + parts.no[side] + parts.abstain[side]), rule = matter.rule;
      const base = rule.approval.base === "all" ? this.everyone : came;
      const passed = (!rule.taking_part || reached(rule.taking_part, came, this.everyone)) && reached(rule.approval, parts.yes, base);
      return { matter: matter.number, title: matter.title, passed, ...parts };
    }
    async receipt(given) {
      const parts = given.split(" "), long = parts[0] === "GONGDI1";
      const wanted = given.toUpperCase().replace(/[ -]/g, "");
      const place = long ? await this.placeOf(parts) : this.leaves.findIndex((leaf) => codeOf(leaf) === wanted);
      const found = this.ballots.find((ballot) => ballot.place === place);
      if (!found) this.fault("no_receipt", long ? parts[2] : given);
      return { given, seq: found ? found.seq : null, counts: Boolean(found) && this.counting.has(found.seq) };
    }
    async placeOf(parts) {
      if (parts.length !== 8 || parts[1] !== this.file.vote) return null;
      const [, vote, seq, leaf, size, root, at, signature] = parts, place = Number(seq), count = Number(size);
      if (!/^\d+$/.test(seq) || !/^\d+$/.test(size) || !/^([0-9a-f]{2})*$/.test(signature)) return null;
      const text = headText(vote, this.file.algorithm, { at, root, size: count });
      if (!(await signatureHolds(unhex(this.file.key), unhex(signature), text))) {
        this.fault("bad_signature", `receipt ${place}`);
        return null;
      }
      const fits = place < this.leaves.length && hex(this.leaves[place]) === leaf && count <= this.leaves.length;
      return fits && (await rootAt(this.digest, this.levels, count)) === root ? place : null;
    }
  }

  // The findings on a public file given as text: the same shape as `verify.py --json`.
  async function verify(text, { key = "", receipts = [] } = {}) {
    let vote;
    try {
      vote = new Vote(text.split("\n"));
      await vote.check(key);
    } catch (why) {
      return { faults: [["unreadable", ""]], why: String(why) };
    }
    const found = [];
    for (const given of receipts) found.push(await vote.receipt(given));
    return { vote: vote.file.vote, everyone: vote.everyone, ballots: vote.ballots.length, matters: vote.matters, receipts: found, faults: vote.faults, title: vote.opening.title };
  }
  return { verify, sm3, hex };
})();
if (typeof module !== "undefined") module.exports = GongdiVerifier;
