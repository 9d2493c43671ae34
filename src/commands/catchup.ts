/** `catchup`: what was said in this channel since a while ago, told to whoever asks alone, each line with the messages that it rests on. */

import { z } from 'zod';
import { seesAll } from '../conversation/recap.ts';
import { localTime } from '../local-time.ts';
import { languageIn } from '../locales/locales.ts';
import { defineCommand } from './definition.ts';
import { askingFor, linked, linkFor, sentenceFor, splitLink, targetOf } from './recap-target.ts';
import { readSince, type Since, sayMoment, timeOfSince } from './since.ts';

/** Where nothing else is said: a day. */
const standard: Since = { agoMs: 24 * 3_600_000 };

const since = {
	schema: z
		.string()
		.optional()
		.transform((typed = '', context) => {
			const { words, link } = splitLink(typed);
			const read = words === '' ? standard : readSince(words);
			if (read === null) context.addIssue('no time');
			return { since: read ?? standard, link };
		}),
};

const names = { en: 'catchup', es: 'novedades' } as const;

export const catchupCommand = defineCommand({
	names,
	otherWords: ['catch-up', 'catch up', 'ponme al día', 'ponme al dia'],
	audience: 'everyone',
	answer: 'private',
	isAnswered: true,
	arguments: { since },
	examples: [
		'catchup',
		'catchup 8 hours',
		'catchup 3 days',
		'catchup yesterday',
		'catchup 2026-11-30',
		'novedades',
		'novedades 8 horas',
		'novedades 3 días',
		'novedades ayer',
		'novedades 2026-11-30',
	],
	isArgument: (typed) => since.schema.safeParse(typed).success,
	explain: (_argument, { words }) => words.recap.noTime,
	async run(context, { since: { since: asked, link } }) {
		const { person, platform, words, services } = context;
		const target = targetOf(context, link, 'channel');
		if (target === null) return [words.recap.noLink];
		if (target.place.kind === 'direct') return [words.recap.nothingMissed];
		return {
			async begin(signal) {
				const zone = services.recaps.zoneOf(person);
				const from = timeOfSince(asked, services.recaps.now(), zone);
				const read = await services.recaps.read(askingFor(target, from, context), signal);
				if (typeof read === 'string') return { sentence: sentenceFor(read, words) };
				const address = await linkFor(target, read, context, signal);
				const typed = `${names[languageIn(words)]} ${sayMoment(from)} ${address}`.trim();
				const remarks = seesAll(platform, target.place) ? [] : [words.recap.onlyHeard];
				const { messages, isCut } = read;
				const shown = words.recap.shown.catchup(localTime(from, zone).at, linked(words.recap.message, address));
				const recap = { task: words.recap.catchup, messages, isCut, remarks, cutRemark: words.recap.cut, citesEachLine: true };
				return { typed, shown, recap };
			},
		};
	},
});
