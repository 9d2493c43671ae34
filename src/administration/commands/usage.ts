/** `usage`: how many answers and tokens there were, by person, model, platform or day. Counts, and nothing that anybody said. */

import { z } from 'zod';
import type { Bar } from '../../markdown/bars.ts';
import { toDisplayName } from '../../platform/display-name.ts';
import { defineAdminCommand } from '../admin-command.ts';
import { readUsageCounts, type UsageCount } from '../usage-counts.ts';

const groupings = ['person', 'model', 'platform', 'day'] as const;
const [usualDays, mostDays] = [7, 366];
/** More lines nobody reads in a chat. */
const mostShown = 20;
/** Of the longest bar, in characters. */
const barCharacters = 10;
/** Of a chart: one bar says nothing, and a longer name no chart of Slack takes. */
const [leastBars, mostLabelCharacters] = [2, 20];

const days = z
	.string()
	.regex(/^\d{1,3}$/)
	.transform(Number)
	.pipe(z.number().min(1).max(mostDays))
	.default(usualDays);

export const usageCommand = defineAdminCommand({
	name: 'usage',
	split(typed) {
		const words = typed.map(({ text }) => text.toLowerCase()).filter((word) => word !== 'by');
		const count = words.find((word) => /^\d/.test(word));
		const [by, ...more] = words.filter((word) => word !== count);
		return more.length > 0 ? null : { by, days: count };
	},
	arguments: z.object({ by: z.enum(groupings).default('person'), days }),
	fields: ['by', 'days'],
	choices: { by: groupings },
	ownWords: ['by', 'person', 'model', 'platform', 'day'],
	examples: ['usage', 'usage by model', 'usage by day 30'],
	onlyLooks: true,
	takesNoText: true,
	async run({ transaction, words }, { by, days: counted }) {
		const { usage } = words.operating;
		const { people, models, platforms, days: inDays } = await readUsageCounts(transaction.query, counted, 'UTC');
		const used = { person: people, model: models, platform: platforms, day: inDays.toReversed() }[by].slice(0, mostShown);
		if (used.length === 0) return { result: [usage.none] };
		const { name, answers, tokens, share } = usage.columns;
		const chart = used.length < leastBars ? {} : { chart: { title: answers, bars: barsOf(used) } };
		return { result: [usage.heading(counted, usage.by[by]), { columns: [name, answers, tokens, share], table: rowsOf(used), ...chart }] };
	},
});

function barsOf(used: readonly UsageCount[]): Bar[] {
	return used.map(({ name, answers }) => ({ label: toDisplayName(name, mostLabelCharacters), value: String(answers) }));
}

/** The bars show how the answers are shared out. */
function rowsOf(used: readonly UsageCount[]): string[][] {
	const most = Math.max(...used.map(({ answers }) => answers), 1);
	return used.map(({ name, answers, promptTokens, outputTokens }) => {
		const bar = '█'.repeat(Math.round((answers / most) * barCharacters));
		return [name, String(answers), String(promptTokens + outputTokens), bar];
	});
}
