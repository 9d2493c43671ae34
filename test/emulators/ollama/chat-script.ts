/** What one chat call will say: checks the request in Ollama's words and makes the script of its answer. */

import { HttpRefusal } from './exchange.ts';
import { cutIntoTokens } from './tokens.ts';
import type { Answer, AnswerScript, ChatBody, EmulatedModel } from './types.ts';

const THINK_LEVELS = ['low', 'medium', 'high', 'max'];
const INTEGER_OPTIONS = [
	'num_ctx',
	'num_predict',
	'num_keep',
	'num_batch',
	'num_gpu',
	'num_thread',
	'main_gpu',
	'seed',
	'top_k',
	'repeat_last_n',
];
/** As llama-server says it, passed on as text. */
const NO_IMAGES = JSON.stringify({
	error: {
		code: 400,
		message: 'Multimodal data provided, but model does not support multimodal requests.',
		type: 'invalid_request_error',
	},
});
const DEFAULT_THINKING = 'The question is clear. A short answer with an example serves best.';

/** @throws HttpRefusal for what the model cannot do, or the server does not understand. */
export function checkRequest(body: ChatBody, model: EmulatedModel): void {
	const capabilities = capabilitiesOf(model);
	if (!capabilities.includes('completion')) throw new HttpRefusal(400, `"${body.model}" does not support chat`);
	if (body.tools && body.tools.length > 0 && !capabilities.includes('tools')) {
		throw new HttpRefusal(400, `registry.ollama.ai/library/${model.name} does not support tools`);
	}
	if (typeof body.think === 'string' && !THINK_LEVELS.includes(body.think)) {
		throw new HttpRefusal(400, `invalid think value: "${body.think}" (must be "high", "medium", "low", "max", true, or false)`);
	}
	if (body.think && !capabilities.includes('thinking')) throw new HttpRefusal(400, `"${body.model}" does not support thinking`);
	checkOptions(body.options ?? {});
	checkFormat(body.format);
	const hasImages = (body.messages ?? []).some(({ images = [] }) => images.length > 0);
	if (hasImages && !capabilities.includes('vision')) throw new HttpRefusal(400, NO_IMAGES, 'application/json');
}

function checkOptions(options: Record<string, unknown>): void {
	const wrong = INTEGER_OPTIONS.find((name) => options[name] !== undefined && !Number.isInteger(options[name]));
	if (wrong !== undefined) throw new HttpRefusal(500, `option "${wrong}" must be of type integer`);
}

function checkFormat(format: unknown): void {
	if (format === undefined || format === null || format === '' || format === 'json' || typeof format === 'object') return;
	const given = JSON.stringify(JSON.stringify(format));
	throw new HttpRefusal(500, `invalid format: ${given}; expected "json" or a valid JSON Schema object`, 'application/json');
}

/** The answer in tokens, cut at `num_predict`, with the trace before it where the model thinks: also when `think` is not set. */
export function scriptFor(body: ChatBody, model: EmulatedModel, answer: Answer): AnswerScript {
	const given = typeof answer === 'function' ? answer(body) : answer;
	const script: AnswerScript = typeof given === 'string' ? { tokens: cutIntoTokens(given) } : { ...given };
	// gpt-oss takes no notice of true and false.
	const isThinking = capabilitiesOf(model).includes('thinking') && (body.think !== false || model.family === 'gptoss');
	if (!isThinking) delete script.thinking;
	else script.thinking ??= cutIntoTokens(DEFAULT_THINKING);
	return limitTokens(script, body.options?.num_predict);
}

export function capabilitiesOf(model: EmulatedModel): string[] {
	return model.capabilities ?? ['completion', 'tools'];
}

function limitTokens(script: AnswerScript, limit: unknown): AnswerScript {
	const thinking = script.thinking ?? [];
	if (typeof limit !== 'number' || limit < 0 || thinking.length + script.tokens.length <= limit) return script;
	const tokens = script.tokens.slice(0, Math.max(0, limit - thinking.length));
	return { ...script, ...(thinking.length > 0 ? { thinking: thinking.slice(0, limit) } : {}), tokens, doneReason: 'length' };
}
