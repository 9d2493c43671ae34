-- Carries out what was asked for.
if operation ~= 'register' and not call('ZSCORE', key('processes'), process) then return { { 'forgotten' }, {} } end
for _, name in ipairs(call('ZRANGEBYSCORE', key('processes'), '-inf', text(now))) do
	if name ~= process then drop(name) end
end
local result = operations[operation]()
return { heard, result or {} }
