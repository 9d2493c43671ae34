/** Text that Postgres takes: it refuses the character NUL and halves of surrogate pairs, which people and models can send. */

/** `text` with U+FFFD in place of what cannot be stored. */
export function storableText(text: string): string {
	return text.toWellFormed().replaceAll('\0', '\uFFFD');
}

/** A copy of `value`, which is JSON, with each text in it made storable. */
export function storable<Value>(value: Value): Value {
	return JSON.parse(storableJson(value));
}

/** `value` as the JSON of a `jsonb` parameter, each text in it made storable. */
export function storableJson(value: unknown): string {
	return JSON.stringify(value, (_name, part: unknown) => (typeof part === 'string' ? storableText(part) : part));
}
