/** Choosing a password by a link that an administrator gave; whoever has chosen signs in with it. */

import { useEffect, useState } from 'preact/hooks';
import { ApiProblem } from '../state/api-client.ts';
import { Brand } from './brand.tsx';
import { usePage } from './page-context.ts';
import { PasswordField } from './password-field.tsx';
import { SignIn } from './sign-in.tsx';

export function PasswordEntry({ secret }: { secret: string }) {
	const { chat, words } = usePage();
	const [name, setName] = useState<string | null>(null);
	const [password, setPassword] = useState('');
	const [problem, setProblem] = useState('');
	const [isChosen, setIsChosen] = useState(false);

	const attempt = (act: () => Promise<void>) =>
		act().catch((thrown) => setProblem((thrown instanceof ApiProblem && thrown.message) || words.line.trouble));
	useEffect(() => {
		void attempt(async () => setName((await chat.api.readPasswordLink(secret)).name));
	}, [secret]);
	const choose = async (event: Event) => {
		event.preventDefault();
		setProblem('');
		await attempt(async () => {
			await chat.api.choosePassword({ secret, password });
			setIsChosen(true);
		});
	};

	if (isChosen) return <SignIn told={words.passwords.chosen} />;
	if (name === null && problem !== '') return <SignIn problem={problem} />;
	return (
		<main class="door">
			<Brand />
			<h1>{words.passwords.choose}</h1>
			{name === null ? (
				<p role="status">{words.signIn.asking}</p>
			) : (
				<form class="password-form" onSubmit={(event) => void choose(event)}>
					<p class="question">{words.passwords.chooseFor(name)}</p>
					{problem !== '' && <p role="alert">{problem}</p>}
					{/* So that managers of passwords keep both together. */}
					<input type="text" class="unseen" autocomplete="username" value={name} readOnly tabIndex={-1} aria-hidden="true" />
					<PasswordField label={words.passwords.next} kind="new" value={password} hint={words.passwords.rule} onInput={setPassword} />
					<button type="submit" class="primary">
						{words.passwords.choose}
					</button>
				</form>
			)}
		</main>
	);
}
