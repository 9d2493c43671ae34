/** How much is asked: charts that are read at a glance, and the same as tables. Counts, and no words. */

import { useEffect, useId, useState } from 'preact/hooks';
import type { UsageCountView } from '#src/api/contract/administration.ts';
import { usePage } from '../parts/page-context.ts';
import { ApiProblem, type UsageOfAll } from '../state/api-client.ts';
import { useAdminWords } from './admin-words.ts';
import { Grid } from './order-result.tsx';

const periods = ['7', '30', '90'] as const;
/** Longer lists are in the table. */
const mostBars = 12;

export function UsageRoom() {
	const { chat, words: page } = usePage();
	const words = useAdminWords();
	const [period, setPeriod] = useState<(typeof periods)[number]>('30');
	const [usage, setUsage] = useState<UsageOfAll | null>(null);
	const [problem, setProblem] = useState<string | null>(null);
	const name = useId();
	useEffect(() => {
		let isOver = false;
		chat.api.readUsageOfAll(period).then(
			(read) => !isOver && setUsage(read),
			(thrown) => !isOver && setProblem((thrown instanceof ApiProblem && thrown.message) || page.line.trouble),
		);
		return () => {
			isOver = true;
		};
	}, [period]);
	return (
		<>
			<p class="hint">{words.usage.about}</p>
			<fieldset class="one-of">
				<legend>{words.usage.period}</legend>
				{periods.map((each) => (
					<label key={each}>
						<input type="radio" name={name} checked={period === each} onChange={() => setPeriod(each)} />
						<span>{words.usage.days(Number(each))}</span>
					</label>
				))}
			</fieldset>
			{problem !== null && <p role="status">{problem}</p>}
			{usage === null && problem === null && <p class="hint">{words.loading}</p>}
			{usage !== null && usage.days.length === 0 && <p role="status">{words.usage.none}</p>}
			{usage !== null && usage.days.length > 0 && <Charts usage={usage} lastDays={Number(period)} />}
		</>
	);
}

function Charts({ usage, lastDays }: { usage: UsageOfAll; lastDays: number }) {
	const { words: page } = usePage();
	const words = useAdminWords().usage;
	const platforms = usage.platforms.map((count) => ({ ...count, name: page.places[count.key] ?? count.name }));
	const kinds = { ...usage, platforms };
	return (
		<>
			<Section title={words.perDay} counts={usage.days}>
				<DayChart days={usage.days} lastDays={lastDays} title={words.perDay} />
			</Section>
			{(['platforms', 'models', 'people'] as const).map((kind) => (
				<Section key={kind} title={words.charts[kind]} counts={kinds[kind]}>
					<Bars counts={kinds[kind].slice(0, mostBars)} />
				</Section>
			))}
		</>
	);
}

function Section({ title, counts, children }: { title: string; counts: readonly UsageCountView[]; children: preact.ComponentChildren }) {
	const { language } = usePage();
	const { columns, table } = useAdminWords().usage;
	const id = useId();
	const number = (value: number) => value.toLocaleString(language);
	const rows = counts.map(({ name, questions, answers, promptTokens, outputTokens }) => [
		...[name, number(questions), number(answers), number(promptTokens), number(outputTokens)],
	]);
	if (counts.length === 0) return null;
	return (
		<section class="usage" aria-labelledby={id}>
			<h2 id={id}>{title}</h2>
			{children}
			<details>
				<summary>{table}</summary>
				<Grid columns={Object.values(columns)} rows={rows} label={title} />
			</details>
		</section>
	);
}

const height = 120;
const dayWidth = 10;

/** A bar for each day, also of those on which nobody asked. */
function DayChart({ days, lastDays, title }: { days: readonly UsageCountView[]; lastDays: number; title: string }) {
	const { language } = usePage();
	const words = useAdminWords().usage;
	const asked = new Map(days.map(({ key, questions }) => [key, questions]));
	const most = Math.max(1, ...asked.values());
	const all = daysUpTo(days.at(-1)?.key ?? '', lastDays);
	return (
		<svg
			class="day-chart"
			role="img"
			aria-label={words.chartOf(title, most.toLocaleString(language))}
			viewBox={`0 0 ${all.length * dayWidth} ${height}`}
			preserveAspectRatio="none"
		>
			{all.map((day, index) => {
				const size = ((asked.get(day) ?? 0) / most) * (height - 4);
				return (
					<rect key={day} x={index * dayWidth + 1} y={height - size} width={dayWidth - 2} height={size}>
						<title>{`${day}: ${(asked.get(day) ?? 0).toLocaleString(language)}`}</title>
					</rect>
				);
			})}
		</svg>
	);
}

/** The last `count` days up to this one. */
function daysUpTo(last: string, count: number): string[] {
	const end = Date.parse(`${last}T00:00:00Z`);
	return Array.from({ length: count }, (_, index) => new Date(end - (count - 1 - index) * 86_400_000).toISOString().slice(0, 10));
}

function Bars({ counts }: { counts: readonly UsageCountView[] }) {
	const { language } = usePage();
	const most = Math.max(1, ...counts.map(({ questions, answers }) => questions || answers));
	return (
		<ul class="bars">
			{counts.map(({ key, name, questions, answers }) => (
				<li key={key}>
					<span dir="auto">{name}</span>
					<progress aria-hidden="true" max={most} value={questions || answers} />
					<span>{(questions || answers).toLocaleString(language)}</span>
				</li>
			))}
		</ul>
	);
}
