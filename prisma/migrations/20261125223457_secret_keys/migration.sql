-- AlterTable
ALTER TABLE "ApiKey" ADD COLUMN     "secretKeyId" TEXT;
