/** Whether a folder lies on a network share: SQLite's journal needs memory shared by all its users, which a share has not. */
import { readFileSync, statfsSync } from "node:fs";

/** File system types by their magic number (statfs(2), Linux). */
const NETWORK_TYPES: ReadonlyMap<number, string> = new Map([
  [0x6969, "NFS"],
  [0x517b, "SMB"],
  [0xff534d42, "CIFS"],
  [0xfe534d42, "SMB2"],
  [0x5346414f, "AFS"],
  [0x73757245, "Coda"],
  [0x564c, "NCP"],
  [0x00c36400, "Ceph"],
  [0x0bd00bd0, "Lustre"],
  [0x47504653, "GPFS"],
]);
const FUSE = 0x65735546;
/** FUSE is local for some (ntfs-3g) and a network for others; the mount table names them. */
const NETWORK_FUSE =
  /^fuse\.(sshfs|rclone|s3fs|s3ql|glusterfs|ceph.*|davfs2?|goofys|gcsfuse|curlftpfs|smb.*|nfs.*|mfs|juicefs|gvfsd-fuse)$/;

/** What is asked of the system; tests answer themselves. */
export interface FileSystemFacts {
  platform: string;
  type(folder: string): number;
  mounts(): string;
}

const realFacts: FileSystemFacts = {
  platform: process.platform,
  type: (folder) => statfsSync(folder).type,
  mounts: () => readFileSync("/proc/self/mounts", "utf8"),
};

function fuseName(folder: string, mounts: string): string | undefined {
  const holding = mounts
    .split("\n")
    .map((line) => line.split(" "))
    .filter(([, point]) => point !== undefined && `${folder}/`.startsWith(point === "/" ? "/" : `${point}/`))
    .sort((a, b) => b[1]!.length - a[1]!.length)[0];
  const type = holding?.[2] ?? "";
  return NETWORK_FUSE.test(type) ? type : undefined;
}

/** The kind of network file system `folder` is on; undefined: a local one, or it cannot be told. */
export function networkShare(folder: string, facts: FileSystemFacts = realFacts): string | undefined {
  if (facts.platform === "win32") return /^(\\\\|\/\/)[^?.\\/]/.test(folder) ? "UNC" : undefined;
  if (facts.platform !== "linux") return undefined;
  try {
    const type = facts.type(folder);
    return NETWORK_TYPES.get(type) ?? (type === FUSE ? fuseName(folder, facts.mounts()) : undefined);
  } catch {
    return undefined;
  }
}
