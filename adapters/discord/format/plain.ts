/** Text that is to be read as it is. Pure. */

/** Whatever Discord would take for a mark, a mention or a broadcast is escaped or broken, but not in addresses. */
export function escapeMarkdown(text: string): string {
	return text
		.split(/(https?:\/\/[^\s<>]+)/)
		.map((stretch, index) => (index % 2 === 1 ? stretch : escapeMarks(stretch)))
		.join('');
}

function escapeMarks(stretch: string): string {
	return stretch
		.replace(/[\\*_~`|<[]/g, '\\$&')
		.replace(/^(\s*)(#{1,3}|-#|-|>{1,3})(?=\s)/gm, '$1\\$2')
		.replace(/@(?=everyone|here)|(?:steam|discord)(?=:\/\/)/gi, '$&\u200b');
}
