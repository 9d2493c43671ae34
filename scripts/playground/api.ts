/** What the page can ask for: one entry per action, with the shape of its request. */

import { z } from 'zod';
import type { BotProcess } from './bot-process.ts';
import { people } from './company.ts';
import type { LagBook } from './lags.ts';
import type { ModelSource } from './model-source.ts';
import type { Stage, Where } from './stages/stage.ts';

export interface ActionSources {
	stages: readonly Stage[];
	bot: Pick<BotProcess, 'pullPlug'>;
	model: Pick<ModelSource, 'turn'>;
	lags: LagBook;
	/** To be called when something visible changed that no stage tells about. */
	touch: () => void;
}

/** Carries out one action. `status` is 404 for an unknown one, 400 for what the platform would not have allowed either. */
export type Actions = (name: string, body: unknown) => Promise<{ status: number; answer: Record<string, unknown> }>;

type Action = (body: unknown) => Promise<Record<string, unknown>>;

const id = z.string().min(1).max(100);
/** Slack takes 40,000 characters at most ("chat.postMessage"); the others take less. */
const text = z.string().min(1).max(40_000);
/** Base64 is a third longer than what it stands for; the page sends up to 5 MB. */
const file = z.object({ name: z.string().min(1).max(255), mimetype: z.string().min(1).max(255), base64: z.base64().max(7_000_000) });
const where = { platform: z.enum(['slack', 'teams', 'discord']), personId: id, placeId: id };

const saying = z
	.object({
		...where,
		text: z.string().max(40_000),
		threadId: id.optional(),
		repliesTo: id.optional(),
		file: file.optional(),
		forwards: z.object({ placeId: id, messageId: id }).optional(),
	})
	.refine((said) => said.text !== '' || said.file !== undefined || said.forwards !== undefined, 'say something');
/** Discord's limits for polls, which are the narrowest. */
const poll = z.object({ ...where, question: z.string().min(1).max(300), choices: z.array(z.string().min(1).max(55)).min(1).max(10) });
const alert = z.object({ ...where, title: z.string().min(1).max(150), text: z.string().min(1).max(3_000) });

export function createActions(sources: ActionSources): Actions {
	const actions = new Map<string, Action>(Object.entries({ ...stageActions(sources), ...troubleActions(sources) }));
	return async (name, body) => {
		const action = actions.get(name);
		if (action === undefined) return { status: 404, answer: {} };
		try {
			return { status: 200, answer: await action(body) };
		} catch (error) {
			// Stages throw TypeError for what could not be done on the platform: no such person, place, message or button.
			if (error instanceof TypeError || error instanceof z.ZodError) return { status: 400, answer: { error: error.message } };
			throw error;
		}
	};
}

function stageActions({ stages, lags }: ActionSources): Record<string, Action> {
	const stageOf = ({ platform }: { platform: Stage['platform'] }): Stage => {
		const stage = stages.find((one) => one.platform === platform);
		if (stage === undefined) throw new TypeError(`no such platform: ${platform}`);
		return stage;
	};
	return {
		say: action(saying, async ({ file: dropped, ...spoken }) => {
			const attached = dropped && { ...dropped, content: Buffer.from(dropped.base64, 'base64') };
			const said = await stageOf(spoken).say({ ...spoken, file: attached });
			const { personId, placeId } = spoken;
			if (said.isForBot) lags.asked(spoken.platform, { personId, placeId, ...said });
			return said;
		}),
		alert: action(alert, (report) => stageOf(report).alert(report)),
		poll: action(poll, async (asked) => stageOf(asked).poll({ ...asked, personId: colleagueAt(stageOf(asked), asked) })),
		edit: action(z.object({ ...where, messageId: id, text }), (edit) => stageOf(edit).edit(edit)),
		remove: action(z.object({ ...where, messageId: id }), (removal) => stageOf(removal).remove(removal)),
		press: action(z.object({ ...where, messageId: id, buttonId: id, value: z.string() }), (press) => stageOf(press).press(press)),
		'offer-files': action(z.object({ ...where, messageId: id }), (offer) => stageOf(offer).offerFiles(offer)),
		command: action(z.object({ ...where, text: z.string().startsWith('/').max(2_000) }), (command) => stageOf(command).command(command)),
		stop: action(z.object({ ...where, threadId: id.nullable() }), (stop) => stageOf(stop).stop(stop)),
		open: action(z.object(where), (place) => stageOf(place).open(place)),
	};
}

/** Somebody else who may write there. */
function colleagueAt(stage: Stage, { personId, placeId }: Where): string {
	const others = people.filter(({ id: other }) => other !== personId);
	const colleague = others.find(({ id: other }) => stage.look(other).places.some((place) => place.id === placeId && !place.isReadOnly));
	if (colleague === undefined) throw new TypeError(`nobody else writes in ${placeId}`);
	return colleague.id;
}

function troubleActions({ stages, bot, model, touch }: ActionSources): Record<string, Action> {
	return {
		'pull-plug': action(z.object({}), () => bot.pullPlug()),
		'refuse-next-call': action(z.object({}), async () => {
			for (const stage of stages) stage.refuseNextCall();
		}),
		'switch-model': action(z.object({ isOn: z.boolean() }), async ({ isOn }) => {
			await model.turn(isOn);
			touch();
		}),
	};
}

/** An action whose body was checked; answers what `run` gives where that is an object, else nothing. */
function action<Body>(schema: z.ZodType<Body>, run: (body: Body) => Promise<unknown>): Action {
	return async (body) => {
		const answer = await run(schema.parse(body));
		return typeof answer === 'object' && answer !== null ? { ...answer } : {};
	};
}
