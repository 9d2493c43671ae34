/** `summarize`: what was said in this thread, or the last of what was said in this channel; for whoever asks alone. */

import { z } from 'zod';
import { seesAll } from '../conversation/recap.ts';
import { languageIn } from '../locales/locales.ts';
import { choiceOf } from './choices.ts';
import { defineCommand } from './definition.ts';
import { askingFor, type Extent, linked, linkFor, sentenceFor, splitLink, targetOf } from './recap-target.ts';

const extents = choiceOf<Extent>({
	thread: { en: 'thread', es: 'hilo', otherWords: ['this thread', 'este hilo'] },
	channel: { en: 'channel', es: 'canal', otherWords: ['this channel', 'este canal'] },
});

const what = {
	schema: z
		.string()
		.optional()
		.transform((typed = '', context) => {
			const { words, link } = splitLink(typed);
			const extent = extents.schema.safeParse(words);
			if (!extent.success) context.addIssue('neither a thread nor a channel');
			return { extent: extent.data ?? null, link };
		}),
};

const names = { en: 'summarize', es: 'resumir' } as const;

export const summarizeCommand = defineCommand({
	names,
	otherWords: ['summarise', 'resume', 'resumen'],
	isEverydayWord: true,
	audience: 'everyone',
	answer: 'private',
	isAnswered: true,
	arguments: { what },
	examples: [
		'summarize',
		'summarize thread',
		'summarize channel',
		'summarize thread https://example.slack.com/archives/C0123456789/p1700000000000100',
		'resumir',
		'resumir hilo',
		'resumir canal',
	],
	isArgument: (typed) => what.schema.safeParse(typed).success,
	async run(context, { what: { extent, link } }) {
		const { platform, words, services } = context;
		const target = targetOf(context, link, extent);
		if (target === null) return [words.recap.noLink];
		return {
			async begin(signal) {
				const read = await services.recaps.read(askingFor(target, null, context), signal);
				if (typeof read === 'string') return { sentence: sentenceFor(read, words) };
				const address = await linkFor(target, read, context, signal);
				const typed = `${names[languageIn(words)]} ${extents.choices[target.extent]?.[languageIn(words)] ?? ''} ${address}`;
				const task = words.recap.summarize[target.place.kind === 'direct' ? 'channel' : target.extent];
				const remarks = target.place.kind === 'direct' || seesAll(platform, target.place) ? [] : [words.recap.onlyHeard];
				const { messages, isCut } = read;
				const shown = words.recap.shown[target.extent](linked(words.recap[target.extent === 'thread' ? 'thread' : 'message'], address));
				const recap = { task, messages, isCut, remarks, cutRemark: words.recap.cut, citesEachLine: false };
				return { typed: typed.trim(), shown, recap };
			},
		};
	},
});
