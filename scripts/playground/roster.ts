/** Who is who on one platform: the playground's people and the ids that the platform gave them. */

import { botId, botName } from './stages/stage.ts';
import type { Person } from './wire.ts';

export interface Roster {
	/** @throws TypeError when there is no such person. */
	idOf(personId: string): string;
	/** The person or the bot; the id itself for anybody else. */
	personOf(id: string): string;
	/** Typed names become the platform's mentions: `@Tom Baker` → what `mention` gives for him. */
	withMentions(text: string, mention: (id: string, name: string) => string): string;
	nameOf(personId: string): string;
}

/** @param ids by person id, with the bot's own under `openccb`. */
export function createRoster(people: readonly Pick<Person, 'id' | 'name'>[], ids: ReadonlyMap<string, string>): Roster {
	const personIds = new Map([...ids].map(([personId, id]) => [id, personId]));
	const names = new Map([...people.map(({ id, name }): [string, string] => [id, name]), [botId, botName]]);
	const idOf = (personId: string) => {
		const id = ids.get(personId);
		if (id === undefined) throw new TypeError(`no such person: ${personId}`);
		return id;
	};
	// Longer names first, so that no name hides another.
	const named = [...names].sort(([, left], [, right]) => right.length - left.length);
	return {
		idOf,
		personOf: (id) => personIds.get(id) ?? id,
		withMentions: (text, mention) =>
			named.reduce((typed, [personId, name]) => typed.replaceAll(`@${name}`, () => mention(idOf(personId), name)), text),
		nameOf: (personId) => names.get(personId) ?? personId,
	};
}
