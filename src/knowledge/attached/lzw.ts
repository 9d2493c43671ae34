/** LZW as GIF has it ("GIF89a", Appendix F): codes of changing width, over blocks that tell their length. */

const mostBits = 12;
const mostCodes = 2 ** mostBits;

/**
 * @param from where the first code's width stands.
 * @returns so many bytes, zero where they are cut short; null for what cannot be unpacked. Linear in the length of both.
 */
export function unpackLzw(bytes: Uint8Array, from: number, count: number): Uint8Array | null {
	const leastBits = bytes[from] ?? 0;
	if (leastBits < 2 || leastBits > 8) return null;
	const clear = 2 ** leastBits;
	const end = clear + 1;
	const codes = createCodes(bytes, from + 1);
	const words = createWords(clear);
	const unpacked = new Uint8Array(count);
	let filled = 0;
	while (filled < count) {
		const code = codes.read(words.bits());
		if (code === null || code === end) break;
		if (code === clear) words.forget();
		else if (!words.say(code)) return null;
		else filled = words.write(code, unpacked, filled);
	}
	return unpacked;
}

/** What each code stands for: what an earlier one does, and one byte more. */
function createWords(clear: number) {
	const before = new Uint16Array(mostCodes);
	const last = new Uint8Array(mostCodes);
	const length = new Uint16Array(mostCodes).fill(1, 0, clear);
	for (let code = 0; code < clear; code++) last[code] = code;
	let next = clear + 2;
	let bits = Math.log2(clear) + 1;
	let said: number | null = null;

	function firstOf(code: number): number {
		let at = code;
		while ((length[at] ?? 1) > 1) at = before[at] ?? 0;
		return last[at] ?? 0;
	}

	function learn(word: number, byte: number): void {
		if (next === mostCodes) return;
		before[next] = word;
		length[next] = (length[word] ?? 0) + 1;
		last[next] = byte;
		next++;
		if (next === 2 ** bits && bits < mostBits) bits++;
	}

	return {
		bits: () => bits,
		forget() {
			next = clear + 2;
			bits = Math.log2(clear) + 1;
			said = null;
		},
		/** What was said before and the first byte of this one are a word from now on. False for a code that stands for nothing. */
		say(code: number): boolean {
			if (code > next || (code === next && said === null)) return false;
			if (said !== null) learn(said, firstOf(code === next ? said : code));
			said = code;
			return true;
		},
		/** @returns where the next one goes. */
		write(code: number, into: Uint8Array, start: number): number {
			const end = start + (length[code] ?? 0);
			let at = code;
			for (let place = end - 1; place >= start; place--) {
				if (place < into.length) into[place] = last[at] ?? 0;
				at = before[at] ?? 0;
			}
			return end;
		},
	};
}

/** The lowest bits come first. */
function createCodes(bytes: Uint8Array, from: number): { read(bits: number): number | null } {
	let at = from + 1;
	let left = bytes[from] ?? 0;
	let held = 0;
	let heldBits = 0;
	return {
		read(bits) {
			while (heldBits < bits) {
				if (left === 0) return null;
				held |= (bytes[at++] ?? 0) << heldBits;
				heldBits += 8;
				if (--left === 0) left = bytes[at++] ?? 0;
			}
			const code = held & (2 ** bits - 1);
			held >>>= bits;
			heldBits -= bits;
			return code;
		},
	};
}
