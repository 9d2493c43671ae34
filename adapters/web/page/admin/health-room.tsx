/** Whether each part of the program works, and what to do about each that does not. */

import { usePage } from '../parts/page-context.ts';
import { useRead } from '../parts/use-read.ts';
import { useAdminWords } from './admin-words.ts';

export function HealthRoom() {
	const { chat, words: page } = usePage();
	const words = useAdminWords();
	const { value: health, problem, again } = useRead(chat.api.readHealth);
	if (health === null) return <p role="status">{problem ?? words.loading}</p>;
	return (
		<>
			<p role="status">{health.isReady ? words.health.ready : words.health.notReady}</p>
			<dl class="facts">
				{health.parts.map(({ name, state, reason }) => (
					<div key={name}>
						<dt>{words.health.parts[name] ?? page.places[name] ?? name}</dt>
						<dd>
							<span class={`state-mark of-${state}`}>{words.health.states[state]}</span>
							{reason !== null && (
								<p class="plain" dir="auto">
									{reason}
								</p>
							)}
						</dd>
					</div>
				))}
			</dl>
			<p>
				<button type="button" onClick={again}>
					{words.again}
				</button>
			</p>
			<p class="hint">{words.health.version(health.version)}</p>
		</>
	);
}
