/** How many columns a text takes in a monospaced font. Pure. */

const graphemes = new Intl.Segmenter();

/** What a terminal or code block shows in two columns: East Asian wide and fullwidth characters (Unicode "East Asian Width"), and emoji. */
const WIDE =
	/^[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1B000}-\u{1B2FF}\u{20000}-\u{3FFFD}\p{Emoji_Presentation}]|\uFE0F/u;
const INVISIBLE = /^[\p{Cf}\p{Cc}\p{M}]+$/u;
const PLAIN = /^[ -~]*$/;

export function displayWidth(text: string): number {
	if (PLAIN.test(text)) return text.length;
	let width = 0;
	for (const { segment } of graphemes.segment(text)) width += INVISIBLE.test(segment) ? 0 : WIDE.test(segment) ? 2 : 1;
	return width;
}
