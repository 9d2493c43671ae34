/** Says the same in a richer form, and in a simpler one where the platform does not take that. */

import { BotError } from '../errors.ts';
import { refusalOf } from './refusal.ts';

/**
 * @param forms The richest first; the last is tried whatever became of the others.
 * @throws What `send` throws for the last form, and at once whatever is not about the form.
 */
export async function inFirstForm<Form>(
	[first, ...simpler]: readonly [Form, ...Form[]],
	send: (form: Form) => Promise<void>,
): Promise<void> {
	try {
		await send(first);
	} catch (thrown) {
		const [next, ...rest] = simpler;
		if (next === undefined || !isAboutForm(thrown)) throw thrown;
		await inFirstForm([next, ...rest], send);
	}
}

function isAboutForm(thrown: unknown): boolean {
	const refusal = thrown instanceof BotError ? refusalOf(thrown) : null;
	return refusal === 'form-refused' || refusal === 'too-long';
}
