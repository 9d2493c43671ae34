/** Coming in by a link from the chat: it says whom it signs in, and does so only when that is pressed. */

import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { LinkOwner } from '#src/api/contract/sign-in.ts';
import { ApiProblem } from '../state/api-client.ts';
import { Brand } from './brand.tsx';
import { usePage } from './page-context.ts';
import { SignIn } from './sign-in.tsx';

/** @param children What is shown to whoever does not want it after all; null where nobody is signed in. */
export function LinkEntry({ secret, children }: { secret: string; children: ComponentChildren }) {
	const { chat, words } = usePage();
	const [owner, setOwner] = useState<LinkOwner | null>(null);
	const [problem, setProblem] = useState<string | null>(null);
	const [isLeft, setIsLeft] = useState(false);

	const attempt = (act: () => Promise<void>) =>
		void act().catch((thrown) => setProblem((thrown instanceof ApiProblem && thrown.message) || words.line.trouble));
	useEffect(() => {
		attempt(async () => setOwner(await chat.api.readLink(secret)));
	}, [secret]);
	const press = () => {
		attempt(async () => {
			await chat.api.useLink(secret);
			await chat.enter();
			setIsLeft(true);
		});
	};

	if (isLeft) return children ?? <SignIn />;
	if (problem !== null && owner === null) return children ?? <SignIn problem={problem} />;
	return (
		<main class="door">
			<Brand />
			<h1>{words.signIn.title}</h1>
			{owner === null ? (
				<p role="status">{words.signIn.asking}</p>
			) : (
				<>
					<p class="question">{words.signIn.asWhom(owner.name, words.places[owner.platform] ?? owner.platform)}</p>
					<p class="hint">{words.signIn.warning}</p>
					<div class="choices">
						<button type="button" class="primary" onClick={press}>
							{words.signIn.press}
						</button>
						<button type="button" onClick={() => setIsLeft(true)}>
							{words.signIn.another}
						</button>
					</div>
				</>
			)}
			{problem !== null && <p role="alert">{problem}</p>}
		</main>
	);
}
