/** Reads the changelog, which has the form of Keep a Changelog. */

/**
 * What stands under the heading of a version, without the heading.
 * @param {string} changelog
 * @param {string} version As in `1.2.3`.
 * @returns {string | null} null where there is no such heading, or nothing under it.
 */
export function notesOf(changelog, version) {
	const sections = changelog.split(/^(?=## \[)/m).slice(1);
	const section = sections.find((one) => one.startsWith(`## [${version}]`));
	const notes = section?.slice(section.indexOf('\n') + 1).trim() ?? '';
	return notes === '' ? null : notes;
}
