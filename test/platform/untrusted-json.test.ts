import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWithin, parseObject, parseUntrusted } from '#src/platform/untrusted-json.ts';

describe('JSON of a platform', () => {
	it('is read as any other, however its texts look', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				const text = JSON.stringify(value);
				expect(parseUntrusted(text)).toEqual(JSON.parse(text));
			}),
		);
		const brackets = { '[{': ']}', text: '"[[[[\\"{{{,,,\\\\' };
		expect(parseObject(JSON.stringify(brackets))).toEqual(brackets);
	});

	it.each(['', '{', '"never ends\\"', 'undefined', '{"a":1}}', '\u0000'])('is undefined for %j', (text) => {
		expect(parseUntrusted(text)).toBeUndefined();
	});

	it.each(['[]', 'null', '7', '"text"', 'true', '{'])('is no object in %s', (text) => {
		expect(parseObject(text)).toBeNull();
	});

	it.each([
		['many values', `[${'1,'.repeat(4_998)}1]`, `[${'1,'.repeat(5_001)}1]`],
		['many lists', `[${'[],'.repeat(2_400)}1]`, `[${'[],'.repeat(2_600)}1]`],
		['many fields', `{${'"a":1,'.repeat(4_998)}"a":1}`, `{${'"a":1,'.repeat(5_001)}"a":1}`],
		['depth', `${'['.repeat(64)}${']'.repeat(64)}`, `${'['.repeat(65)}${']'.repeat(65)}`],
	])('is read up to a bound of %s, and not beyond', (_name, within, beyond) => {
		expect(parseUntrusted(within)).toEqual(JSON.parse(within));
		expect(parseUntrusted(beyond)).toBeUndefined();
	});

	it.each([
		['the same names', '{"a":1,"b":2}', '{"a":[3],"b":"c\\"d:"}', 2],
		['one name more', '{"a":1}', '{"a":1,"b":2}', 2],
		['another order', '{"a":1,"b":2}', '{"b":2,"a":1}', 4],
		['names within', '{"a":{"a":1}}', '{"a":{"b":1}}', 2],
		['blanks before the colon', '{"a" \n: 1}', '{"b"\t:1}', 2],
		['texts that are no names', '["a","b"]', '["c:",":"]', 0],
	])('has as many shapes as there are beginnings of objects: %s', (_name, one, other, shapes) => {
		const limits = { values: 100, depth: 10 };
		expect(isWithin(`[${one},${other}]`, { ...limits, shapes })).toBe(true);
		expect(isWithin(`[${one},${other}]`, { ...limits, shapes: shapes - 1 })).toBe(false);
	});
});
