/** What holds in a channel, in sentences. */

import type { CommandResult } from '../platform/command-result.ts';
import type { PlaceRules, RuleName, StoredRules } from '../rules/place-rules.ts';
import { standardRules } from '../rules/place-rules.ts';
import { clockTime } from '../rules/quiet-hours.ts';
import type { CommandContext } from './definition.ts';

/** For everybody who reads there. */
export async function channelStanding(context: CommandContext): Promise<CommandResult> {
	const { person, place, words, services } = context;
	const { files, uses, channelOrders } = services;
	const isPersonal = place.kind === 'direct';
	const { ingestion } = await files.standing(place, person.userId);
	const { use, staleAfterDays } = await uses.of(place);
	const digest = isPersonal ? null : await channelOrders.digestOf(person, place);
	return [
		...(await rulesInWords(context)),
		isPersonal ? words.files.personalAlways : words.files.here[ingestion],
		words.channel.knowledge[use],
		words.channel.stale(staleAfterDays),
		...(digest === null ? [] : [words.digest.standing[digest]]),
	];
}

/** In a personal chat only how long what was said is kept: everything else is about those who read along. */
async function rulesInWords({ place, words: { channel }, services: { rules } }: CommandContext): Promise<string[]> {
	const [held, own] = await Promise.all([rules.of(place), rules.own(place)]);
	const all = sentencesFor(held, channel);
	const shown = place.kind === 'direct' ? (['keepDays'] as const) : (Object.keys(all) as RuleName[]);
	return shown.flatMap((name) => {
		const sentence = all[name];
		return sentence === null ? [] : [isOfTenant(name, held, own) ? channel.everywhere(sentence) : sentence];
	});
}

function isOfTenant(name: RuleName, held: PlaceRules, own: StoredRules): boolean {
	return own[name] === undefined && held[name] !== standardRules[name];
}

/** Null for what needs no word: nobody decided anything. */
function sentencesFor(held: PlaceRules, words: CommandContext['words']['channel']): Readonly<Record<RuleName, string | null>> {
	const { mode, language, quiet, tokensPerDay, keepDays } = held;
	return {
		mode: words.mode[mode],
		language: language === null ? null : words.language[language],
		quiet: quiet === null ? null : words.quiet(clockTime(quiet.from), clockTime(quiet.to), quiet.zone),
		tokensPerDay: tokensPerDay === null ? null : words.budget(tokensPerDay),
		keepDays: keepDays === null ? null : words.keepDays(keepDays),
	};
}
