/** A model asked as it is, for a program that wants nothing of the house: what was said goes to it, and what it says comes back, byte for byte. */

import type { Reply } from '../delivery/reply.ts';
import { type BotError, toBotError } from '../errors.ts';
import type { AnswerRow } from '../history/stored.ts';
import { tokensUsed } from '../limits/token-usage.ts';
import type { ChatRequest, ModelEvent, ModelMessage } from '../models/model-pool.ts';
import { type Ending, failureReason } from './endings.ts';
import { measureBy, roomIn, whole } from './prompt-budget.ts';
import type { ProgramAsking, Turn, TurnDependencies } from './turn-context.ts';
import type { Written } from './turn-ending.ts';
import { endingOfStop } from './turn-stops.ts';

/** What the model has said so far. */
interface Heard {
	text: string;
	ending: Ending;
	facts: Written['facts'];
	error: BotError | null;
}

export function createPlainAsking(deps: Pick<TurnDependencies, 'models' | 'limits' | 'budgetOf' | 'clock'>) {
	const { clock } = deps;

	async function hear(request: ChatRequest, heard: Heard, reply: Reply, { stops, options }: Turn): Promise<void> {
		for await (const event of deps.models.chat(request, stops.signal)) {
			options.program?.onTaken();
			if (event.type === 'text-delta') {
				heard.facts.firstTokenAt ??= new Date(clock.now());
				heard.text += event.text;
				reply.append(event.text);
			} else if (event.type === 'text-retracted') {
				heard.text = '';
				reply.retract();
			} else note(event, heard);
		}
	}

	function note(event: ModelEvent, heard: Heard): void {
		if (event.type === 'started') Object.assign(heard.facts, { model: event.model, host: event.host });
		if (event.type !== 'end') return;
		heard.ending = event.reason === 'length' ? 'cut' : 'answered';
		const { promptTokens, outputTokens } = event.usage;
		Object.assign(heard.facts, { promptTokens, outputTokens, lastTokenAt: new Date(clock.now()) });
	}

	function fail(heard: Heard, thrown: unknown, { stops }: Turn): void {
		if (stops.signal.aborted) {
			heard.ending = endingOfStop(stops.signal.reason) ?? 'stopped';
			return;
		}
		heard.error = toBotError(thrown);
		heard.ending = heard.text === '' ? 'failed' : 'interrupted';
		Object.assign(heard.facts, { errorCode: heard.error.code, trace: { reason: failureReason(heard.error) } });
	}

	/** Never throws for what the model or its host does: that becomes an ending. */
	return async (turn: Turn, row: AnswerRow, model: string, reply: Reply): Promise<Written> => {
		const { person, program } = turn.options;
		const budget = deps.budgetOf(model);
		const { cost, tokens } = measureBy(budget);
		const messages = messagesOf(program);
		const promptTokens = messages.reduce((sum, { content }) => sum + cost(content), 0);
		const heard: Heard = { text: '', ending: 'interrupted', facts: {}, error: null };
		if (promptTokens > roomIn(budget).most)
			return writtenOf({ ...heard, ending: 'told', facts: { trace: { reason: 'question-too-long' } } });
		const inFlightLimit = deps.limits.inFlightLimit(person);
		const room = Math.min(budget.answerTokens, whole(budget) - promptTokens);
		const request: ChatRequest = {
			...{ model, messages, userId: person.userId, conversationId: row.conversationId },
			maxOutputTokens: Math.min(room, program?.maxOutputTokens ?? room),
			priority: program?.priority ?? 'interactive',
			sampling: program?.sampling ?? {},
			...(inFlightLimit === null ? {} : { inFlightLimit }),
		};
		await hear(request, heard, reply, turn).catch((thrown) => fail(heard, thrown, turn));
		const { text, facts } = heard;
		const told = { promptTokens: facts.promptTokens ?? null, outputTokens: facts.outputTokens ?? null };
		const estimated = { promptTokens, outputTokens: tokens(text) };
		await deps.limits.charge(person, tokensUsed({ ...told, hasSpoken: text !== '', estimated }));
		return writtenOf(heard);
	};
}

function messagesOf({ added, memory }: Pick<ProgramAsking, 'added' | 'memory'> = { added: '', memory: noMemory }): ModelMessage[] {
	const said = memory.messages.map(({ role, content }): ModelMessage => ({ role, content }));
	return added === '' ? said : [{ role: 'system', content: added }, ...said];
}

const noMemory: ProgramAsking['memory'] = { isShared: false, summary: null, overheard: [], isThreadCut: false, messages: [], version: '' };

function writtenOf(heard: Heard): Written {
	return { ...heard, sources: [], final: null, memory: null, asked: null, superseded: [] };
}
