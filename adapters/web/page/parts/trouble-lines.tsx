/** What is not as it should be just now, in words, for as long as it is so. */

import { usePage, useStored } from './page-context.ts';

export function TroubleLines() {
	const { chat, words } = usePage();
	const line = useStored(chat.line);
	const trouble = useStored(chat.trouble);
	const isOutdated = useStored(chat.isOutdated);
	return (
		<div class="trouble" role="status">
			{line === 'lost' && <p>{words.line.lost}</p>}
			{trouble !== null && <p>{trouble.text || words.line.trouble}</p>}
			{isOutdated && (
				<p>
					{words.line.outdated}{' '}
					<button type="button" onClick={() => location.reload()}>
						{words.line.reload}
					</button>
				</p>
			)}
		</div>
	);
}
