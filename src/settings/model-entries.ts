/** Models with options of their own, as they are written in a setting. */

import { z } from 'zod';
import { canonicalModelName } from '../models/model-name.ts';
import { thinkingLevels } from '../models/thinking.ts';

const wholeNumber = (least: number, most: number) => z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(least).max(most));

/** Within one model, `name=value`; what is left out is as for the default model. */
const options = z.strictObject({
	context: wholeNumber(2_048, 1_048_576).optional(),
	answer: wholeNumber(64, 131_072).optional(),
	think: z.enum(thinkingLevels).optional(),
	temperature: z
		.string()
		.regex(/^\d+(?:\.\d+)?$/)
		.transform(Number)
		.pipe(z.number().max(2))
		.optional(),
	slots: z.union([z.literal('auto'), wholeNumber(1, 512)]).optional(),
});

export type ModelEntry = { name: string } & z.infer<typeof options>;

const example = 'qwen3:8b, gemma4:26b context=32768 think=low';

/** `name` or `name option=value …`, separated by commas. */
export const modelEntries = z
	.string()
	.transform((text, context): ModelEntry[] => {
		const entries = text
			.split(',')
			.map((part) => part.trim().split(/\s+/))
			.map(readEntry);
		const known = entries.filter((entry) => entry !== null);
		const isDouble = new Set(known.map(({ name }) => canonicalModelName(name))).size < known.length;
		if (known.length < entries.length) context.addIssue(`must be models such as ${example}`);
		else if (isDouble) context.addIssue('names a model twice');
		return known;
	})
	.optional();

function readEntry([name = '', ...given]: readonly string[]): ModelEntry | null {
	const pairs = given.map((pair) => /^([a-z]+)=(\S+)$/.exec(pair)?.slice(1) ?? ['', pair]);
	const names = pairs.map(([option]) => option);
	const read = options.safeParse(Object.fromEntries(pairs));
	return name === '' || name.includes('=') || new Set(names).size < names.length || !read.success ? null : { name, ...read.data };
}
