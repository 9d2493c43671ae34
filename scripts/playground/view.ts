/** What one person sees of all platforms, and what the bot did: the state of the page as plain data. */

import { botDescription, type CommandDescription } from '#src/commands/description.ts';
import type { Language } from '#src/locales/locales.ts';
import type { BotProcess } from './bot-process.ts';
import { companyName, people } from './company.ts';
import type { LagBook } from './lags.ts';
import type { ModelSource } from './model-source.ts';
import { type Calls, shownCalls } from './stages/calls.ts';
import { botId, type Stage } from './stages/stage.ts';
import type { About, OfferedCommand, Sample, View } from './wire.ts';

export interface ViewSources {
	stages: readonly Pick<Stage, 'platform' | 'look' | 'calls'>[];
	bot: Pick<BotProcess, 'state'>;
	model: Pick<ModelSource, 'state'>;
	lags: LagBook;
	samples: Readonly<Record<Language, readonly Sample[]>>;
	questions: Readonly<Record<Language, readonly string[]>>;
}

/** Creates the function that looks at all platforms as one person. */
export function createViewer(sources: ViewSources): (personId: string) => View {
	return (personId) => {
		const views = sources.stages.map((stage) => ({ platform: stage.platform, ...stage.look(personId) }));
		const calls = sources.stages.map((stage) => stage.calls());
		const places = byKey(
			views.flatMap((view) => view.places),
			({ platform, id }) => `${platform}/${id}`,
		);
		const prompts = views.flatMap((view) => Object.entries(view.prompts).map(([id, list]) => [`${view.platform}/${id}`, list] as const));
		return {
			about: { all: aboutFor(sources, personId, calls) },
			people: byKey(people, ({ id }) => id),
			places,
			messages: byKey(
				views.flatMap((view) => view.messages),
				({ platform, placeId, id }) => `${platform}/${placeId}/${id}`,
			),
			activities: byKey(
				views.flatMap((view) => view.activities),
				({ platform, placeId, threadId }) => `${platform}/${placeId}/${threadId ?? ''}`,
			),
			prompts: Object.fromEntries(prompts.filter(([, list]) => list.length > 0)),
			calls: byKey(
				calls
					.flatMap(({ newest }) => newest)
					.sort((left, right) => left.atMs - right.atMs)
					.slice(-shownCalls),
				({ platform, order }) => `${platform}/${order}`,
			),
			replies: byKey(
				sources.lags.read().filter(({ platform, placeId }) => `${platform}/${placeId}` in places),
				({ platform, placeId, questionId }) => `${platform}/${placeId}/${questionId}`,
			),
		};
	};
}

function aboutFor({ stages, bot, model, samples, questions }: ViewSources, meId: string, calls: readonly Calls[]): About {
	const language = people.find(({ id }) => id === meId)?.locale.startsWith('es') ? 'es' : 'en';
	return {
		companyName,
		meId,
		botId,
		rootCommand: botDescription.rootCommand,
		commands: botDescription.commands.map((command) => offer(command, language)),
		platforms: stages.map(({ platform }) => platform),
		samples: samples[language].map(({ name, mimetype, path, question }) => ({ name, mimetype, path, question })),
		questions: [...questions[language]],
		bot: bot.state(),
		model: model.state(),
		callCount: sum(calls.map(({ total }) => total)),
		rateLimitedCount: sum(calls.map(({ refused }) => refused)),
	};
}

function offer({ names, about, arguments: declared, audience }: CommandDescription, language: Language): OfferedCommand {
	const [first] = declared;
	return {
		names: [...new Set([names[language], ...Object.values(names)])],
		about: about[language],
		argument: first?.names[language] ?? null,
		required: declared.filter(({ mayBeLeftOut }) => !mayBeLeftOut).map((argument) => argument.names[language]),
		isForAdministrators: audience === 'administrators',
	};
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}

function byKey<T>(entries: readonly T[], keyOf: (entry: T) => string): Record<string, T> {
	return Object.fromEntries(entries.map((entry) => [keyOf(entry), entry]));
}
