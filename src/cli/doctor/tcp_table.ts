/* Where the fields of what GetExtendedTcpTable gives lie, in bytes. */

export const MIB_TCPTABLE_OWNER_PID = { dwNumEntries: 0, table: 4 } as const;
export const MIB_TCPROW_OWNER_PID = { size: 24, dwLocalPort: 8, dwOwningPid: 20 } as const;
export const MIB_TCP6TABLE_OWNER_PID = { dwNumEntries: 0, table: 4 } as const;
export const MIB_TCP6ROW_OWNER_PID = { size: 56, dwLocalPort: 20, dwOwningPid: 52 } as const;
