/** Every tool that there is, made of what it needs, in the order in which models are told of them. */

import { currentTime } from './current-time.ts';
import { createQueryCompanyDataTool, type QueryCompanyDataDependencies } from './query-company-data.ts';
import { createReadMessageTool, type ReadMessageDependencies } from './read-message.ts';
import { createSearchDocumentsTool, type SearchDocumentsDependencies } from './search-documents.ts';
import type { Tool } from './tool.ts';

export interface ToolDependencies extends ReadMessageDependencies, SearchDocumentsDependencies, QueryCompanyDataDependencies {}

export function allTools(deps: ToolDependencies): readonly Tool[] {
	return [createSearchDocumentsTool(deps), createQueryCompanyDataTool(deps), currentTime, createReadMessageTool(deps)];
}
