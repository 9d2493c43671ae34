/** The words of a command line as one command. Pure. */

/**
 * A shell takes quotes away, so words with spaces get theirs back. A command that stands in quotes as a whole is taken as it is.
 * @returns null for `--help`, and what looks like an option and is none.
 */
export function typedCommand(words: readonly string[]): string | null {
	if (words.some((word) => word.startsWith('--'))) return null;
	const [first = '', ...others] = words;
	if (others.length === 0) return first;
	return words.map((word) => (/\s/.test(word) && !word.includes('"') ? `"${word}"` : word)).join(' ');
}
