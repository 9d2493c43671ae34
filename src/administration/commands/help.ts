/** `help`: all that administrators can type after `admin`. */

import { z } from 'zod';
import type { CommandResult } from '../../platform/command-result.ts';
import { defineAdminCommand, nothingElse } from '../admin-command.ts';
import type { AdministrationWords } from '../admin-context.ts';
import { limitTerms } from '../limit-terms.ts';

export const adminHelpCommand = defineAdminCommand({
	name: 'help',
	split: nothingElse,
	arguments: z.object({}),
	examples: ['help'],
	onlyLooks: true,
	takesNoText: true,
	run: async ({ words }) => ({ result: listOfCommands(words) }),
});

export function listOfCommands({ help, usage }: AdministrationWords): CommandResult {
	return [help.heading, { list: Object.values(usage) }, '', help.legend(limitTerms.join(', '))];
}
