/** The accounts that are one person's, and how one of them leaves. */

import { useState } from 'preact/hooks';
import type { Me } from '#src/api/contract/people.ts';
import { usePage, useStored } from './page-context.ts';

type Account = Me['accounts'][number];

export function AccountLines() {
	const { chat, words } = usePage();
	const { me } = useStored(chat.session);
	const [asked, setAsked] = useState<Account | null>(null);
	const accounts = me?.accounts ?? [];
	const placeOf = ({ platform }: Account) => words.places[platform] ?? platform;
	const unlink = async ({ id }: Account) => {
		setAsked(null);
		// Whoever came with it is somebody else from now on.
		if (await chat.attempt(() => chat.api.unlinkAccount(id))) void chat.enter();
	};
	return (
		<>
			<ul class="rows">
				{accounts.map((account) => (
					<li key={account.id}>
						<strong>{placeOf(account)}</strong> <span dir="auto">{account.name}</span>
						{accounts.length > 1 && asked?.id !== account.id && (
							<button type="button" aria-label={words.settings.unlinkOf(placeOf(account), account.name)} onClick={() => setAsked(account)}>
								{words.settings.unlink}
							</button>
						)}
						{asked?.id === account.id && (
							<p role="alert" class="sure">
								<span>{words.settings.unlinkAsk}</span>
								<button type="button" class="dangerous" onClick={() => void unlink(account)}>
									{words.settings.unlink}
								</button>
								<button type="button" onClick={() => setAsked(null)}>
									{words.settings.keep}
								</button>
							</p>
						)}
					</li>
				))}
			</ul>
			<p class="hint">{words.settings.accountsHint}</p>
		</>
	);
}
