/** Between what a person types in Slack and what Slack sends for it: mentions by id, three characters escaped. Pure. */

import type { Roster } from '../../roster.ts';

/** `@OpenCCB` is sent as `<@U…>`. */
export function typedForSlack(roster: Roster, text: string): string {
	const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
	return roster.withMentions(escaped, (id) => `<@${id}>`);
}

/** The other way round, for a message that its author edits. */
export function asTypedInSlack(roster: Pick<Roster, 'personOf' | 'nameOf'>, text: string): string {
	return text
		.replace(/<@([A-Z0-9]+)>/g, (_, id: string) => `@${roster.nameOf(roster.personOf(id))}`)
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&amp;', '&');
}
