/** What people and things are called, as one short line: whoever chooses a name must not thereby write anything else. Pure. */

/** The longest display name of Slack has 80 characters; what is longer on other platforms is cut. */
const maxCharacters = 80;

/**
 * What ends or turns lines (controls, separators, marks of direction), what nobody sees (zero width, tags of Unicode) and what is nobody's
 * (private use, surrogates). Names in scripts that join with U+200D lose a ligature at most.
 */
const unwanted = /[\p{Cc}\p{Zl}\p{Zp}]+|[\p{Cf}\p{Co}\p{Cs}]/gu;

/** Nearly all names: nothing in them has to be looked at. A message may name thousands. */
const ordinary = /^[\p{L}\p{M}\p{N}\p{P}\p{S}]+(?: [\p{L}\p{M}\p{N}\p{P}\p{S}]+)*$/u;

/** Empty when nothing is left. `limit` in characters. */
export function toDisplayName(text: string, limit = maxCharacters): string {
	if (text.length <= limit && ordinary.test(text)) return text;
	const line = text
		.replace(unwanted, (found) => (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(found) ? ' ' : ''))
		.replace(/\s+/gu, ' ')
		.trim();
	const characters = [...line];
	return characters.length <= limit
		? line
		: `${characters
				.slice(0, limit - 1)
				.join('')
				.trimEnd()}…`;
}
