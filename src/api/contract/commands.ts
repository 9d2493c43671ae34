/** What can be typed after the root command. */

import { z } from 'zod';
import { defineRoute } from './define-route.ts';

const command = z.object({
	/** In the person's language: typed after the root command. */
	name: z.string(),
	/** Other words that mean it. */
	otherNames: z.array(z.string()),
	/** One phrase with a capital letter and no full stop. */
	about: z.string(),
	/** In the order in which they are typed. `choices`: all that can be typed; null for anything. */
	arguments: z.array(z.object({ name: z.string(), about: z.string(), mayBeLeftOut: z.boolean(), choices: z.array(z.string()).nullable() })),
});
export type CommandView = z.infer<typeof command>;

export const listCommands = defineRoute({
	name: 'listCommands',
	method: 'GET',
	path: '/commands',
	about:
		'The commands that this person may use, in their language. A question whose text begins with a slash and the root command is one of them: ' +
		'its answer comes as private words, and no model is asked.',
	for: 'whoever is signed in',
	answer: { status: 200, about: 'The commands.', body: z.object({ root: z.string(), commands: z.array(command) }) },
	errors: [],
});
