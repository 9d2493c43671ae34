/** What administrators do with the files of connectors: look at all of them, and test one. */

import { BotError } from '../errors.ts';
import type { BrokenCatalogue, CatalogueFolder, FoundCatalogue } from './catalogue/catalogue-folder.ts';
import { type ConnectorTest, testConnector } from './test-connector.ts';

export interface ConnectorOperations {
	/** @throws BotError `CONFIG_INVALID` when the folder cannot be read. */
	files(): Promise<{ found: FoundCatalogue[]; broken: BrokenCatalogue[] }>;
	/** @throws BotError as `testConnector`; `NOT_FOUND` for a connector without a file that can be read. */
	test(name: string, signal: AbortSignal): Promise<ConnectorTest & Pick<FoundCatalogue, 'revision'>>;
}

/** @param folder null where there are no connectors. */
export function createConnectorOperations(folder: CatalogueFolder | null, environment: NodeJS.ProcessEnv): ConnectorOperations {
	const files: ConnectorOperations['files'] = async () => (await folder?.read()) ?? { found: [], broken: [] };
	return {
		files,
		async test(name, signal) {
			const { found } = await files();
			const file = found.find(({ catalogue }) => catalogue.connector === name);
			if (file === undefined || folder === null) throw new BotError('NOT_FOUND', 'no file of this connector can be read');
			const { catalogue, questions, revision } = file;
			return { revision, ...(await testConnector(catalogue, questions.refused, { folder: folder.path, environment, signal })) };
		},
	};
}
