/** What a model said and called, and what came of it, as messages that fit into the next round. Pure. */

import type { ModelMessage, ToolCall } from '../models/model-pool.ts';
import { breakMarks, quote } from '../models/quotation.ts';
import { shortened } from '../text.ts';
import { type Measure, templateTokensPerMessage } from './prompt-budget.ts';

/** Hardly any text has more, by our estimate: what is longer than its room allows is not worth measuring. */
const charactersPerToken = 4;
/** No tool has a longer name. */
const mostNameCharacters = 40;

export type RoundMeasure = Pick<Measure, 'cost' | 'tokens'>;

/** A message, and what it takes of the room. */
export interface Fitting {
	message: ModelMessage;
	tokens: number;
}

/** What the model itself said and called: as much of it as fits, and no marks of turns that it copied from somebody. */
export function repeatedMessage(
	said: string,
	calls: readonly ToolCall[],
	tokens: number,
	{ cost, tokens: tokensOf }: RoundMeasure,
): Fitting {
	const fitting = ({ text, given }: { text: string; given: readonly unknown[] }): Fitting => {
		const toolCalls = calls.map(({ id, name }, index) => ({
			id,
			name: unmarkedName(name),
			arguments: unmarked(given[index] ?? {}) as ToolCall['arguments'],
		}));
		const called = toolCalls.reduce((sum, call) => sum + tokensOf(JSON.stringify(call)) + templateTokensPerMessage, 0);
		const content = breakMarks(text);
		return { message: { role: 'assistant', content, toolCalls }, tokens: cost(content) + called };
	};
	const whole = { text: said, given: calls.map((call) => call.arguments) };
	return shrunk(whole, tokens, fitting) ?? fitting({ text: '', given: [] });
}

/** What came of a call, framed as data; as much of it as fits. */
export function resultMessage(
	{ id, name }: Pick<ToolCall, 'id' | 'name'>,
	result: Readonly<Record<string, unknown>>,
	tokens: number,
	{ cost }: RoundMeasure,
): Fitting {
	const fitting = (told: Readonly<Record<string, unknown>>): Fitting => {
		const content = quote(told);
		return { message: { role: 'tool', name: unmarkedName(name), callId: id, content }, tokens: cost(content) };
	};
	const size = sizeOf(result);
	const marked = (shorter: typeof result) => fitting(sizeOf(shorter) < size ? { ...shorter, is_cut: true } : shorter);
	return shrunk(result, tokens, marked) ?? fitting({ tool_failed: 'The result is too long.' });
}

/** With texts and lists that become shorter and shorter until all fits; null when nothing is left of them. */
function shrunk<Value extends object>(value: Value, tokens: number, fitting: (value: Value) => Fitting): Fitting | null {
	const mostCharacters = tokens * charactersPerToken;
	for (let most = sizeOf(value); most >= 1; most = Math.floor(most / 2)) {
		const shorter = cut(value, most) as Value;
		const found = sizeOf(shorter) <= mostCharacters ? fitting(shorter) : null;
		if (found !== null && found.tokens <= tokens) return found;
	}
	return null;
}

function cut(value: unknown, most: number): unknown {
	if (typeof value === 'string') return shortened(value, most);
	if (Array.isArray(value)) return value.slice(0, most).map((item) => cut(item, most));
	return typeof value === 'object' && value !== null ? mapped(value, (field) => cut(field, most)) : value;
}

/** About how many characters it has as JSON. */
function sizeOf(value: unknown): number {
	if (typeof value === 'string') return value.length + 2;
	if (typeof value !== 'object' || value === null) return 5;
	return Object.entries(value).reduce((sum, [name, field]) => sum + (Array.isArray(value) ? 1 : name.length + 4) + sizeOf(field), 2);
}

/** Models call what there is not, too. */
function unmarkedName(name: string): string {
	return breakMarks(name.slice(0, mostNameCharacters).toWellFormed());
}

function unmarked(value: unknown): unknown {
	if (typeof value === 'string') return breakMarks(value);
	if (Array.isArray(value)) return value.map(unmarked);
	return typeof value === 'object' && value !== null ? mapped(value, unmarked, breakMarks) : value;
}

function mapped(value: object, field: (value: unknown) => unknown, name = (given: string) => given): Record<string, unknown> {
	return Object.fromEntries(Object.entries(value).map(([key, given]) => [name(key), field(given)]));
}
