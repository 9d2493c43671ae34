/** What the person may use, how much of it is left, and what they have asked. */

import type { WebQuota } from '#src/api/contract/usage.ts';
import { usePage } from './page-context.ts';
import { useRead } from './use-read.ts';

export function QuotaLines() {
	const { chat, words, language } = usePage();
	const { value: quota, problem } = useRead(chat.api.readQuota);
	const { value: usage } = useRead(chat.api.readUsage);
	if (problem !== null) return <p role="status">{problem}</p>;
	if (quota === null) return <p class="hint">{words.talk.loading}</p>;
	return (
		<ul class="rows">
			<Counted label={words.settings.questions} counted={quota.requestsPerMinute} />
			<Counted label={words.settings.tokens} counted={quota.tokensPerDay} />
			<Counted label={words.settings.uploads} counted={quota.uploadsPerDay} />
			{usage !== null && (
				<li>
					<strong>{words.settings.asked}</strong>{' '}
					<span>{usage.days.reduce((sum, { questions }) => sum + questions, 0).toLocaleString(language)}</span>
				</li>
			)}
		</ul>
	);
}

function Counted({ label, counted: { allowed, used, resetInMs } }: { label: string; counted: WebQuota['tokensPerDay'] }) {
	const { words, language } = usePage();
	const number = (value: number) => value.toLocaleString(language);
	if (allowed === null) {
		return (
			<li>
				<strong>{label}</strong> <span>{words.settings.unlimited(number(used))}</span>
			</li>
		);
	}
	return (
		<li>
			<strong>{label}</strong> <span>{words.settings.used(number(used), number(allowed))}</span>
			<meter aria-label={label} min={0} max={allowed} high={allowed * 0.8} optimum={0} value={Math.min(used, allowed)} />
			{used > 0 && <span class="hint">{words.settings.freeAgain(Math.ceil(resetInMs / 60_000))}</span>}
		</li>
	);
}
