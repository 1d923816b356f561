-- The operator answered: the message leaves its queue and its life goes on.
--
-- A receipt may have been quicker than the answer, and then stands.
--
-- KEYS  queue, message
-- ARGV  group, entry, state, the operator's id ('' for none)
-- gives 1, or 0 when nobody knows the message any more
redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
redis.call('XDEL', KEYS[1], ARGV[2])
if redis.call('EXISTS', KEYS[2]) == 0 then
	return 0
end
if redis.call('HGET', KEYS[2], 'leaves') == 'nothing' then
	redis.call('DEL', KEYS[2])
	return 1
end
if redis.call('HEXISTS', KEYS[2], 'receipt') == 0 then
	redis.call('HSET', KEYS[2], 'state', ARGV[3])
end
if ARGV[4] ~= '' then
	redis.call('HSET', KEYS[2], 'smsc_id', ARGV[4])
end
return 1
